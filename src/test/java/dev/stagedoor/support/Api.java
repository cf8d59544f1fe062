package dev.stagedoor.support;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import com.atlassian.oai.validator.restassured.OpenApiValidationFilter;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** The API as a client sees it; every answer is checked against the OpenAPI document. */
public final class Api {

    public static final String PASSWORD = "correct horse battery";

    /** Requests are not checked: many of them are wrong on purpose. */
    private static final OpenApiValidationFilter CONFORMS =
            new OpenApiValidationFilter(OpenApiInteractionValidator.createForSpecificationUrl("docs/openapi.yaml")
                    .withLevelResolver(LevelResolver.create()
                            .withLevel("validation.request", Level.IGNORE)
                            .build())
                    .build());

    /** Of the password: Argon2id with 8 KiB, one pass, one lane. */
    private static final String QUICK_HASH = new Argon2PasswordEncoder(16, 32, 1, 8, 1).encode(PASSWORD);

    /** Shorter than an access token lives, and long enough not to sign in too often. */
    private static final Duration SIGNED_IN_FOR = Duration.ofMinutes(5);

    private static Person admin;
    private static Instant adminSignedInAt;

    private Api() {}

    /** Someone who signed in. */
    public record Person(String id, String username, String accessToken, String refreshToken) {

        /** A request of this person. */
        public RequestSpecification request() {
            return Api.request().header("Authorization", "Bearer " + accessToken);
        }

        /** As {@link #request}, whose answer is not checked against the document: for many in a row. */
        public RequestSpecification unchecked() {
            return Api.undocumented().header("Authorization", "Bearer " + accessToken);
        }
    }

    /** A request of nobody in particular. */
    public static RequestSpecification request() {
        return RestAssured.given().filter(CONFORMS).contentType(ContentType.JSON);
    }

    /** A request whose answer the document does not describe: that of another path, or of no HTTP at all. */
    public static RequestSpecification undocumented() {
        return RestAssured.given();
    }

    /** A request whose answer is left as it comes, compressed or not. */
    public static RequestSpecification undecoded() {
        return undocumented()
                .config(RestAssured.config()
                        .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()));
    }

    public static Person signUp() {
        return signUp(uniqueName());
    }

    /** Past the registration, whose hash is made to take long; a hash says how much its check takes. */
    public static Person signUp(String username) {
        Database.change("""
                INSERT INTO app_user (id, username, display_name, password_hash, role, created_at)
                VALUES (uuid_v7(now()), '%1$s', 'Test %1$s', '%2$s', 'user', now())
                """.formatted(username, QUICK_HASH));
        return signIn(username, PASSWORD);
    }

    /** The first admin, seldom signed in: the sign-ins of an account are limited. */
    public static synchronized Person admin() {
        Instant now = Instant.now();
        if (admin == null || adminSignedInAt.plus(SIGNED_IN_FOR).isBefore(now)) {
            adminSignedInAt = now;
            admin = signIn(EmbeddedServices.ADMIN_USERNAME, EmbeddedServices.ADMIN_PASSWORD);
        }
        return admin;
    }

    public static Person signIn(String username, String password) {
        var tokens = request()
                .body(Map.of("username", username, "password", password))
                .post("/api/v1/auth/login")
                .then()
                .statusCode(200)
                .extract();
        String accessToken = tokens.path("accessToken");
        String id = request()
                .header("Authorization", "Bearer " + accessToken)
                .get("/api/v1/users/me")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        return new Person(id, username, accessToken, tokens.path("refreshToken"));
    }

    /** Tests share a database: each makes names of its own. */
    public static String uniqueName() {
        return "u" + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    }
}
