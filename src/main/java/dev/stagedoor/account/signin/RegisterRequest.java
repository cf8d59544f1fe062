package dev.stagedoor.account.signin;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record RegisterRequest(
        @Schema(required = true, examples = "ada")
        @NotNull
        @Pattern(
                regexp = "[A-Za-z0-9][A-Za-z0-9_.-]{2,39}",
                message = "must have 3 to 40 letters, digits, '.', '_' or '-', and begin with a letter or digit")
        String username,

        @Schema(required = true, examples = "correct horse battery staple") @NotNull @PlainText(min = 8, max = 256)
        String password,

        @Schema(required = true, examples = "Ada Lovelace") @NotBlank @PlainText(max = 80)
        String displayName) {

    /** The password stays out of logs. */
    @Override
    public String toString() {
        return "RegisterRequest[username=" + username + "]";
    }
}
