package dev.stagedoor.platform.http;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to the OpenAPI document what every operation has in common: the refusals, the credentials, the headers. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApiCompletion implements OASFilter {

    private static final List<String> PUBLIC_TAGS = List.of("Sign-in", "Health");
    private static final List<String> SIGNED_TAGS = List.of("Pusher", "Webhooks");
    private static final List<String> PUBLIC_OPERATIONS = List.of(
            "listStreams",
            "getStream",
            "getStats",
            "getStatsAlias",
            "listCreators",
            "getCreator",
            "getCreatorSlots",
            "listRatings");

    /** They take a credential, and none. */
    private static final List<String> OPEN_TAGS = List.of("GraphQL", "Availability");

    private static final List<String> QUERY_TAGS = List.of("GraphQL");
    private static final List<String> CLOSED_OPERATIONS = List.of("bookEventSession");

    private static final List<String> RATE_LIMITED = List.of(
            "register",
            "signIn",
            "sendMessage",
            "editMessage",
            "deleteMessage",
            "react",
            "unreact",
            "reportMessage",
            "enterStreamChat",
            "createEvent",
            "duplicateEvent",
            "getEvent",
            "joinEvent",
            "getEventAnswer",
            "answerEvent",
            "leaveEvent",
            "getEventSettings",
            "changeEventSettings",
            "finalizeEvent",
            "reopenEvent",
            "bookEventSession",
            "exportEventCalendar",
            "exportEventAnswers",
            "exportEventAnswersAsCsv",
            "getEventAlias");
    private static final List<String> SIGN_IN = List.of("register", "signIn", "refresh");
    private static final List<String> REFUSING_CREDENTIALS = List.of("signIn", "refresh");
    private static final List<String> CONFLICTING = List.of(
            "register",
            "createApiKey",
            "createChannel",
            "joinEvent",
            "answerEvent",
            "changeEventSettings",
            "finalizeEvent",
            "reopenEvent",
            "bookEventSession",
            "exportEventCalendar",
            "addMember",
            "removeMember",
            "changeRole",
            "resolveReport",
            "reportMessage",
            "editMessage",
            "pinMessage",
            "unpinMessage",
            "react",
            "unreact",
            "importArchive",
            "createStream",
            "startStream",
            "endStream",
            "putParticipant",
            "updateParticipant",
            "deleteParticipant",
            "rateSession",
            "cancelPayment",
            "processPayment",
            "succeedPayment",
            "failPayment",
            "refundPayment");

    /** They name others than in their path. */
    private static final List<String> NAMING = List.of("tip", "grantTokens", "placeHold", "bookSession");

    private static final List<String> VERSIONED_TAGS = List.of("Users", "Streams", "Backstage", "Creators", "Ratings");
    private static final List<String> INVALIDATING_TAGS = List.of(
            "Users",
            "Channels",
            "Messages",
            "Streams",
            "Backstage",
            "Creators",
            "Sessions",
            "Ratings",
            "Wallet",
            "Payments");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents()
                .addSecurityScheme(
                        "accessToken",
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT"))
                .addSecurityScheme(
                        "apiKey",
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("X-API-Key"));
        document.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((method, operation) -> complete(path, method, operation)));
    }

    /** Where a field may be null instead of another schema, OpenAPI 3.0 has no word for it: null is an empty object then. */
    @Override
    public Schema filterSchema(Schema schema) {
        if (schema.getAnyOf() != null && schema.getAnyOf().stream().anyMatch(OpenApiCompletion::isNull)) {
            schema.setAnyOf(schema.getAnyOf().stream()
                    .map(option -> isNull(option) ? nullObject() : option)
                    .toList());
        }
        return schema;
    }

    private static boolean isNull(Schema schema) {
        return List.of(Schema.SchemaType.NULL).equals(schema.getType());
    }

    private static Schema nullObject() {
        return OASFactory.createSchema()
                .type(List.of(Schema.SchemaType.OBJECT, Schema.SchemaType.NULL))
                .maxProperties(0);
    }

    private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
        refusals(path, operation)
                .forEach(
                        (status, example) -> operation.getResponses().addAPIResponse(status, refusal(status, example)));
        if (!isPublic(operation) && !hasTag(operation, SIGNED_TAGS)) {
            operation.addSecurityRequirement(requirement("accessToken")).addSecurityRequirement(requirement("apiKey"));
        }
        if (hasTag(operation, OPEN_TAGS) && !CLOSED_OPERATIONS.contains(operation.getOperationId())) {
            operation.addSecurityRequirement(OASFactory.createSecurityRequirement());
        }
        if (hasTag(operation, QUERY_TAGS)) {
            addRefusedQuery(operation);
        }
        if (method == PathItem.HttpMethod.GET && !isEventStream(operation)) {
            addConditionalGet(operation);
        } else if (hasTag(operation, INVALIDATING_TAGS)) {
            addInvalidation(operation);
        }
    }

    /** A query that is refused as a whole has errors of GraphQL; what is no query at all, a problem. */
    private static void addRefusedQuery(Operation operation) {
        MediaType answer =
                operation.getResponses().getAPIResponse("200").getContent().getMediaType("application/json");
        operation.getResponses().getAPIResponse("400").getContent().addMediaType("application/json", answer);
    }

    private static boolean isEventStream(Operation operation) {
        APIResponse found = operation.getResponses().getAPIResponse("200");
        return found != null && found.getContent() != null && found.getContent().hasMediaType("text/event-stream");
    }

    private static boolean isPublic(Operation operation) {
        return hasTag(operation, PUBLIC_TAGS) || PUBLIC_OPERATIONS.contains(operation.getOperationId());
    }

    private static boolean hasTag(Operation operation, List<String> tags) {
        return operation.getTags() != null && operation.getTags().stream().anyMatch(tags::contains);
    }

    private static SecurityRequirement requirement(String scheme) {
        return OASFactory.createSecurityRequirement().addScheme(scheme);
    }

    /** By status, a sentence that such an answer holds. */
    private static Map<String, String> refusals(String path, Operation operation) {
        Map<String, String> refusals = new TreeMap<>(Map.of(
                "400", "limit must be less than or equal to 100",
                "403", "The credential does not allow this",
                "406", "No representation fits the Accept header",
                "414", "The request target is too long",
                "431", "The request's header fields are too large",
                "500", "The server failed; the request id leads to the log",
                "503", "The database cannot be reached"));
        if (!isPublic(operation)) {
            refusals.put("401", "This needs a signed-in caller");
        }
        if (path.contains("{") || path.endsWith("/me") || names(operation)) {
            refusals.put("404", "No channel with this id");
        }
        if (operation.getRequestBody() != null) {
            refusals.put("413", "The request body is too large");
            refusals.put("415", "The resource does not take this media type");
        }
        refusals.putAll(refusalsOfItsOwn(operation));
        return refusals;
    }

    private static boolean names(Operation operation) {
        return SIGN_IN.contains(operation.getOperationId()) || NAMING.contains(operation.getOperationId());
    }

    private static Map<String, String> refusalsOfItsOwn(Operation operation) {
        Map<String, String> refusals = new TreeMap<>();
        if (CONFLICTING.contains(operation.getOperationId())) {
            refusals.put("409", "This username is taken");
        }
        if (hasHeader(operation, "Idempotency-Key")) {
            refusals.putIfAbsent("409", "A request with this key is in flight");
            refusals.put("422", "This Idempotency-Key came with another payload");
        }
        if (hasHeader(operation, "If-Match")) {
            refusals.put("412", "The resource has changed; its entity tag is in ETag");
            refusals.put("428", "Updates need If-Match with the entity tag of a read");
        }
        if (REFUSING_CREDENTIALS.contains(operation.getOperationId())) {
            refusals.put("401", "The username or the password is wrong");
        }
        if (RATE_LIMITED.contains(operation.getOperationId())) {
            refusals.put("429", "Too many requests; see Retry-After");
        }
        return refusals;
    }

    private static boolean hasHeader(Operation operation, String name) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter ->
                                parameter.getIn() == Parameter.In.HEADER && name.equals(parameter.getName()));
    }

    private static APIResponse refusal(String status, String detail) {
        ApiException failure = new ApiException(Integer.parseInt(status), "example", detail);
        Map<String, Object> example = new TreeMap<>(Map.of(
                "type",
                "urn:stagedoor:problem:" + codeOf(status),
                "title",
                failure.title(),
                "status",
                failure.status(),
                "detail",
                detail,
                "requestId",
                "01a1fc2d-0286-782b-b432-ec49e2be8fb7"));
        MediaType problem = OASFactory.createMediaType()
                .schema(OASFactory.createSchema().ref("Problem"))
                .example(example);
        return OASFactory.createAPIResponse()
                .description(failure.title())
                .headers(headers(status))
                .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, problem));
    }

    private static String codeOf(String status) {
        return switch (status) {
            case "400" -> "invalid-request";
            case "401" -> "unauthorized";
            case "403" -> "forbidden";
            case "404" -> "not-found";
            case "406" -> "not-acceptable";
            case "409" -> "username-taken";
            case "412" -> "precondition-failed";
            case "413" -> "body-too-large";
            case "414" -> "target-too-long";
            case "415" -> "unsupported-media-type";
            case "422" -> "idempotency-key-reused";
            case "428" -> "precondition-required";
            case "429" -> "too-many-requests";
            case "431" -> "headers-too-large";
            case "503" -> "unavailable";
            default -> "internal";
        };
    }

    private static Map<String, Header> headers(String status) {
        return switch (status) {
            case "401" -> Map.of("WWW-Authenticate", header("How to authenticate"));
            case "412" -> Map.of("ETag", header("The entity tag that the resource has now"));
            case "429", "503" -> Map.of("Retry-After", header("Seconds after which to try again"));
            default -> Map.of();
        };
    }

    private static Header header(String description) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().addType(Schema.SchemaType.STRING));
    }

    private static void addConditionalGet(Operation operation) {
        operation
                .getResponses()
                .addAPIResponse(
                        "304", OASFactory.createAPIResponse().description("What If-None-Match names is still current"));
        APIResponse found = operation.getResponses().getAPIResponse("200");
        if (found != null) {
            found.addHeader("ETag", header("The strong entity tag of this representation"));
        }
    }

    private static void addInvalidation(Operation operation) {
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                response.addHeader(Invalidates.HEADER, header("The query keys that are stale now"));
            }
            if (status.startsWith("2") && response.getContent() != null && hasTag(operation, VERSIONED_TAGS)) {
                response.addHeader("ETag", header("The strong entity tag of the representation"));
            }
        });
    }
}
