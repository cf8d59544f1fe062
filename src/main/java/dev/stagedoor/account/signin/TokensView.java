package dev.stagedoor.account.signin;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer to a sign-in, in the form of RFC 6749, section 5.1, in camel case. */
@RegisterForReflection
@Schema(name = "Tokens")
record TokensView(
        @Schema(required = true, examples = "eyJhbGciOiJFUzI1NiJ9…")
        String accessToken,

        @Schema(required = true, examples = "x4Jt0s0pV1bQmK8yq2Zr5uWn7cLdEfGh9iAjBkCmDoE")
        String refreshToken,

        @Schema(required = true, examples = "Bearer") String tokenType,

        @Schema(required = true, examples = "900", description = "Seconds until the access token expires")
        long expiresIn) {}
