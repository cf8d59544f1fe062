package dev.stagedoor.account.signin;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record RefreshRequest(
        @Schema(required = true, examples = "x4Jt0s0pV1bQmK8yq2Zr5uWn7cLdEfGh9iAjBkCmDoE") @NotNull @Size(max = 200)
        String refreshToken) {

    /** The token stays out of logs. */
    @Override
    public String toString() {
        return "RefreshRequest";
    }
}
