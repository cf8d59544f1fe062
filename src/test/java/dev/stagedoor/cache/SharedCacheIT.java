package dev.stagedoor.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stagedoor.support.Nginx;
import dev.stagedoor.support.Program;
import dev.stagedoor.support.Remote;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Behind a cache that everyone shares. Skipped where there is no nginx. */
class SharedCacheIT {

    private static Program program;
    private static Nginx nginx;
    private static Remote shared;

    @BeforeAll
    static void start() {
        assumeThat(Nginx.isInstalled())
                .as("nginx is not installed: nothing is tested behind a shared cache")
                .isTrue();
        program = Program.ready(Program.environment());
        nginx = new Nginx(program.port());
        shared = new Remote(nginx.url());
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
            program.close();
        }
    }

    private static String createStream(Remote.Person owner, String description) {
        String id = owner.request()
                .body(Map.of("title", "Opening night", "description", description))
                .post("/api/v1/streams")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return id;
    }

    @Test
    void nobodyGetsWhatAnotherMaySee() {
        Remote.Person ada = shared.signUp();
        Remote.Person bob = shared.signUp();
        List<String> paths =
                List.of("/api/v1/users/me", "/api/v1/channels", "/api/v1/backstage/" + createStream(ada, "Hers"));
        for (int round = 0; round < 3; round++) {
            for (String path : paths) {
                Response hers = ada.request().get(path);
                Response his = bob.request().get(path);

                hers.then().statusCode(200).header(Nginx.STATUS, "MISS");
                his.then().header(Nginx.STATUS, "MISS");
                assertThat(his.asString()).as(path).doesNotContain(ada.username());
                shared.request().get(path).then().statusCode(401);
            }
        }
        assertThat(ada.request().get("/api/v1/users/me").<String>path("id")).isEqualTo(ada.id());
        assertThat(bob.request().get("/api/v1/users/me").<String>path("id")).isEqualTo(bob.id());
    }

    @Test
    void whatEveryoneMaySeeIsSharedAmongTheNamelessAlone() {
        Remote.Person ada = shared.signUp();
        String path = "/api/v1/streams/" + createStream(ada, "For all");

        Response first = shared.request().get(path);
        Response second = shared.request().get(path);

        first.then().statusCode(200).header(Nginx.STATUS, "MISS");
        second.then().statusCode(200).header(Nginx.STATUS, "HIT").header("ETag", first.header("ETag"));
        assertThat(second.asString()).isEqualTo(first.asString());
        ada.request().get(path).then().statusCode(200).header(Nginx.STATUS, "MISS");
    }

    @Test
    void whoCannotReadGzipNeverGetsIt() {
        String path = "/api/v1/streams/" + createStream(shared.signUp(), "a word and another ".repeat(100));

        for (int round = 0; round < 2; round++) {
            assertThat(encoded(path, "gzip").header("Content-Encoding")).isEqualTo("gzip");
            assertThat(encoded(path, "identity").header("Content-Encoding")).isNull();
            assertThat(encoded(path, "identity").asString()).contains("a word and another");
        }
    }

    private static Response encoded(String path, String encoding) {
        return shared.request()
                .config(RestAssured.config()
                        .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
                .header("Accept-Encoding", encoding)
                .get(path);
    }
}
