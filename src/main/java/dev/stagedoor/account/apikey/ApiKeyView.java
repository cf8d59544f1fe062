package dev.stagedoor.account.apikey;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An API key as its owner sees it.
 *
 * @param key the credential for {@code X-API-Key}: in the first answer to its creation and never again
 */
@RegisterForReflection
@Schema(name = "ApiKey")
record ApiKeyView(
        @Schema(required = true) UUID id,

        @Schema(required = true, examples = "bot of the green room")
        String name,

        @Schema(required = true) List<String> scopes,
        @Schema(required = true) Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant expiresAt,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Shown once")
        String key) {

    static ApiKeyView of(ApiKey apiKey) {
        return new ApiKeyView(apiKey.id, apiKey.name, List.of(apiKey.scopes), apiKey.createdAt, apiKey.expiresAt, null);
    }

    ApiKeyView withKey(String shownOnce) {
        return new ApiKeyView(id, name, scopes, createdAt, expiresAt, shownOnce);
    }
}
