package dev.stagedoor.account.signin;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record SignInRequest(
        @Schema(required = true, examples = "ada") @NotNull @PlainText(max = 120)
        String username,

        @Schema(required = true, examples = "correct horse battery staple") @NotNull @PlainText(max = 1024)
        String password) {

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "SignInRequest[username=" + username + "]";
    }
}
