package dev.stagedoor.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The methods that the resource of a path has, for the {@code Allow} of a 405 (RFC 9110, section 15.5.6).
 *
 * <p>They are those of the OpenAPI document: Quarkus REST does not tell.
 */
@ApplicationScoped
class AllowedMethods {

    private final OpenApiDocumentService documents;
    private final ObjectMapper mapper;
    private volatile Map<Pattern, String> byTemplate;

    AllowedMethods(OpenApiDocumentService documents, ObjectMapper mapper) {
        this.documents = documents;
        this.mapper = mapper;
    }

    /** The value of {@code Allow}; empty where the path is not in the document. */
    Optional<String> of(String path) {
        return templates().entrySet().stream()
                .filter(template -> template.getKey().matcher(path).matches())
                // Of "users/me" and "users/{id}" the one with more letters of its own is meant.
                .min(Map.Entry.comparingByKey(AllowedMethods::comparePlaceholders))
                .map(Map.Entry::getValue);
    }

    private static int comparePlaceholders(Pattern first, Pattern second) {
        return Long.compare(placeholders(first), placeholders(second));
    }

    private static long placeholders(Pattern template) {
        return template.pattern().chars().filter(character -> character == '+').count();
    }

    private Map<Pattern, String> templates() {
        if (byTemplate == null) {
            byTemplate = read().properties().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            path -> pattern(path.getKey()), path -> allow(path.getValue())));
        }
        return byTemplate;
    }

    private JsonNode read() {
        try {
            return mapper.readTree(documents.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, Format.JSON))
                    .path("paths");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(template.replace(".", "\\.").replaceAll("\\{[^}]*}", "[^/]+"));
    }

    private static String allow(JsonNode operations) {
        TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
            if (operations.has(method.toLowerCase(Locale.ROOT))) {
                methods.add(method);
            }
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }
}
