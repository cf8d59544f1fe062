package dev.stagedoor.account.signin;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Signing in: here, or at an issuer whose keys are known by their address. */
@ConfigMapping(prefix = "stagedoor.auth")
interface AuthConfig {

    /**
     * EC private keys on P-256 as PKCS #8, PEM or bare base64, separated by commas. The first signs, all verify, so that
     * a key can be replaced while tokens of the old one are about.
     */
    Optional<List<String>> privateKey();

    /** The {@code iss} of access tokens: our own, or that of the other issuer. */
    @WithDefault("https://stagedoor.local")
    String issuer();

    /** The {@code aud} of access tokens. */
    @WithDefault("stagedoor")
    String audience();

    /** Where another OIDC issuer publishes its keys; with this set, its tokens are taken and nobody signs in here. */
    Optional<String> jwksUrl();

    /** How long an access token is valid. */
    @WithDefault("15m")
    Duration accessTokenTtl();

    /** How long a refresh token is valid, if it is not used. */
    @WithDefault("30d")
    Duration refreshTokenTtl();

    /** Sign-ins that may be tried for one account in the window. */
    @WithDefault("10")
    @Min(1)
    int attemptsPerAccount();

    /** Sign-ins and registrations that may be tried from one address in the window. */
    @WithDefault("100")
    @Min(1)
    int attemptsPerAddress();

    /** The window of these limits. */
    @WithDefault("5m")
    Duration attemptWindow();
}
