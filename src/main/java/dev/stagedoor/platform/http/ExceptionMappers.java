package dev.stagedoor.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The only place where a failure becomes an HTTP answer. */
class ExceptionMappers {

    private final RequestIds requestIds;
    private final AllowedMethods allowedMethods;
    private final Faults faults;

    ExceptionMappers(RequestIds requestIds, AllowedMethods allowedMethods, Faults faults) {
        this.requestIds = requestIds;
        this.allowedMethods = allowedMethods;
        this.faults = faults;
    }

    @ServerExceptionMapper
    RestResponse<Problem> api(ApiException failure, HttpServerRequest request) {
        return answer(failure, request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> invalid(ConstraintViolationException failure, HttpServerRequest request) {
        List<Problem.FieldError> errors = failure.getConstraintViolations().stream()
                .map(violation -> new Problem.FieldError(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Problem.FieldError::field))
                .toList();
        return answer(ApiException.invalid(errors), request);
    }

    /** The path without what the caller does not know: the method, its parameter's name, the kind of a container. */
    private static String field(ConstraintViolation<?> violation) {
        List<String> names = new ArrayList<>();
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() != ElementKind.CONTAINER_ELEMENT) {
                names.add(node.toString());
            }
        }
        if (names.size() == 2 && names.get(1).equals("request")) {
            return "body";
        }
        return String.join(".", names.subList(names.size() > 2 ? 2 : names.size() - 1, names.size()));
    }

    @ServerExceptionMapper
    RestResponse<Problem> http(WebApplicationException failure, HttpServerRequest request) {
        int status = failure.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(failure, request);
        }
        if (failure.getCause() instanceof JsonProcessingException json) {
            return json(json, request);
        }
        if (status == 404 && failure.getCause() != null) {
            return answer(unreadableParameter(failure.getCause(), request), request);
        }
        ApiException answer = switch (status) {
            case 400 -> new ApiException(400, "malformed-request", "The request cannot be read");
            case 404 -> new ApiException(404, "not-found", "No resource has this path");
            case 405 -> methodNotAllowed(request);
            case 406 -> new ApiException(406, "not-acceptable", "No representation fits the Accept header");
            case 413 -> FrontDoor.bodyTooLarge();
            case 415 -> new ApiException(415, "unsupported-media-type", "The resource does not take this media type");
            default -> new ApiException(status, "http-" + status, "The request was refused");
        };
        return answer(answer, request);
    }

    private ApiException methodNotAllowed(HttpServerRequest request) {
        ApiException refusal = new ApiException(405, "method-not-allowed", "The resource does not have this method");
        return allowedMethods
                .of(request.path())
                .map(methods -> refusal.with("Allow", methods))
                .orElse(refusal);
    }

    /** JAX-RS answers 404 for any parameter that it cannot convert; only for a part of the path is that true. */
    private static ApiException unreadableParameter(Throwable conversion, HttpServerRequest request) {
        String message = String.valueOf(conversion.getMessage());
        return request.params().entries().stream()
                .filter(parameter -> message.contains('"' + parameter.getValue() + '"'))
                .findFirst()
                .map(parameter -> ApiException.invalid(parameter.getKey(), "has the wrong type"))
                .orElseGet(() -> new ApiException(404, "not-found", "No resource has this path"));
    }

    /** Stands in for the mapper of Quarkus, which answers without a body. */
    @ServerExceptionMapper
    RestResponse<Problem> mismatch(MismatchedInputException failure, HttpServerRequest request) {
        return json(failure, request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> json(JsonProcessingException failure, HttpServerRequest request) {
        if (failure.getCause() instanceof ApiException refusal) {
            // Of the body's reader, which ended the reading.
            return answer(refusal, request);
        }
        if (failure instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String field = mapping.getPath().stream()
                    .map(reference -> reference.getFieldName() == null
                            ? "[" + reference.getIndex() + "]"
                            : reference.getFieldName())
                    .collect(Collectors.joining("."));
            return answer(ApiException.invalid(field, "is unknown or has the wrong type"), request);
        }
        return answer(new ApiException(400, "malformed-json", "The body is not the JSON this resource takes"), request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> authenticationFailed(AuthenticationFailedException failure, HttpServerRequest request) {
        return answer(
                ApiException.unauthorized("The credential is not valid")
                        .with("WWW-Authenticate", "Bearer error=\"invalid_token\""),
                request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unauthorized(UnauthorizedException failure, HttpServerRequest request) {
        return answer(ApiException.unauthorized("This needs a signed-in caller"), request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> forbidden(ForbiddenException failure, HttpServerRequest request) {
        return answer(ApiException.forbidden("The credential does not allow this"), request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unexpected(Throwable failure, HttpServerRequest request) {
        return answer(faults.report(failure), request);
    }

    private RestResponse<Problem> answer(ApiException failure, HttpServerRequest request) {
        RestResponse.ResponseBuilder<Problem> response = RestResponse.ResponseBuilder.<Problem>create(failure.status())
                .type(Problem.MEDIA_TYPE)
                .header("Cache-Control", "no-store");
        failure.headers().forEach(response::header);
        return response.entity(Problem.of(failure, requestIds.of(request))).build();
    }
}
