package dev.stagedoor.account.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.arc.Unremovable;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/**
 * Signs and verifies access tokens (RFC 9068, with ES256).
 *
 * <p>A token that has been verified is known again for a while: the signature costs more than the query behind it.
 */
@Alternative
@Priority(1)
@Unremovable
@ApplicationScoped
class AccessTokens extends DefaultJWTParser {

    private static final int MAX_VERIFIED = 10_000;
    private static final Duration VERIFIED_TTL = Duration.ofMinutes(1);

    /** How far the clocks of two nodes may be apart. */
    private static final int MAX_CLOCK_SKEW_SECONDS = 10;

    private final AuthConfig config;
    private final SigningKeys keys;
    private final Clock clock;
    private final DefaultJWTParser otherIssuer;
    private final Cache<String, JsonWebToken> verified = Caffeine.newBuilder()
            .maximumSize(MAX_VERIFIED)
            .expireAfterWrite(VERIFIED_TTL)
            .build();

    AccessTokens(AuthConfig config, SigningKeys keys, Clock clock) {
        this.config = config;
        this.keys = keys;
        this.clock = clock;
        this.otherIssuer = config.jwksUrl()
                .map(url -> new DefaultJWTParser(otherIssuerRules(config, url)))
                .orElse(null);
    }

    private static JWTAuthContextInfo otherIssuerRules(AuthConfig config, String jwksUrl) {
        JWTAuthContextInfo rules = commonRules(config);
        rules.setPublicKeyLocation(jwksUrl);
        rules.setSignatureAlgorithm(Set.of(
                SignatureAlgorithm.ES256,
                SignatureAlgorithm.ES384,
                SignatureAlgorithm.PS256,
                SignatureAlgorithm.RS256,
                SignatureAlgorithm.EDDSA));
        return rules;
    }

    private static JWTAuthContextInfo commonRules(AuthConfig config) {
        JWTAuthContextInfo rules = new JWTAuthContextInfo();
        rules.setIssuedBy(config.issuer());
        rules.setExpectedAudience(Set.of(config.audience()));
        rules.setClockSkew(MAX_CLOCK_SKEW_SECONDS);
        return rules;
    }

    /** An access token of the user; valid from now. */
    String issue(UUID userId, String username, String role) {
        Instant now = clock.instant();
        SigningKeys.SigningKey key = keys.current();
        return Jwt.issuer(config.issuer())
                .audience(config.audience())
                .subject(userId.toString())
                .preferredUserName(username)
                .groups(role)
                .issuedAt(now)
                .expiresAt(now.plus(config.accessTokenTtl()))
                .jws()
                .algorithm(SignatureAlgorithm.ES256)
                .keyId(key.id())
                .sign(key.privateKey());
    }

    @Override
    public JsonWebToken parse(String token) throws ParseException {
        JsonWebToken known = verified.getIfPresent(token);
        if (known != null && known.getExpirationTime() > clock.instant().getEpochSecond()) {
            return known;
        }
        JsonWebToken parsed = otherIssuer == null ? parseOwn(token) : otherIssuer.parse(token);
        requireBegun(parsed);
        verified.put(token, parsed);
        return parsed;
    }

    private JsonWebToken parseOwn(String token) throws ParseException {
        SigningKeys.SigningKey key =
                keys.find(keyId(token)).orElseThrow(() -> new ParseException("The token's key is not one of ours"));
        JWTAuthContextInfo rules = commonRules(config);
        rules.setPublicVerificationKey(key.publicKey());
        rules.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
        return parse(token, rules);
    }

    private static String keyId(String token) throws ParseException {
        try {
            Object keyId = JsonWebStructure.fromCompactSerialization(token)
                    .getHeaders()
                    .getObjectHeaderValue("kid");
            return String.valueOf(keyId);
        } catch (JoseException e) {
            throw new ParseException("The token is malformed", e);
        }
    }

    /** A token issued in the future is refused like one that is not valid yet. */
    private void requireBegun(JsonWebToken token) throws ParseException {
        if (token.getIssuedAtTime() > clock.instant().getEpochSecond() + MAX_CLOCK_SKEW_SECONDS) {
            throw new ParseException("The token is from the future");
        }
    }
}
