package dev.stagedoor.platform.graphql;

import dev.stagedoor.platform.graphql.QueryLimits.TooLargeException;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Faults;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.introspection.IntrospectionDisabledError;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The only place where a failure becomes an error of GraphQL, with the stable code that the same has in a problem. */
@ApplicationScoped
class GraphqlErrors implements DataFetcherExceptionHandler {

    private static final String CODE = "code";

    private final Faults faults;

    GraphqlErrors(Faults faults) {
        this.faults = faults;
    }

    /** A field's failure: the rest of the answer stands. */
    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters failed) {
        ApiException failure = known(failed.getException());
        GraphQLError error = GraphqlErrorBuilder.newError()
                .message("%s", failure.getMessage())
                .location(failed.getSourceLocation())
                .path(failed.getPath())
                .extensions(extensions(failure))
                .build();
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(error).build());
    }

    private ApiException known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ApiException known) {
                return known;
            }
            if (cause instanceof UnauthorizedException) {
                return ApiException.unauthorized("This needs a signed-in caller");
            }
            if (cause instanceof ForbiddenException) {
                return ApiException.forbidden("The credential does not allow this");
            }
        }
        return faults.report(failure);
    }

    private static Map<String, Object> extensions(ApiException failure) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put(CODE, failure.code());
        extensions.put("status", failure.status());
        if (!failure.errors().isEmpty()) {
            extensions.put("errors", failure.errors());
        }
        return extensions;
    }

    /** An error as clients get it. */
    Map<String, Object> toMap(GraphQLError error) {
        Map<String, Object> map = new LinkedHashMap<>(error.toSpecification());
        Map<String, Object> extensions = error.getExtensions();
        boolean isOurs = extensions != null && extensions.containsKey(CODE);
        map.put("extensions", isOurs ? extensions : Map.of(CODE, code(error), "status", 400));
        return map;
    }

    private static String code(GraphQLError error) {
        if (error instanceof TooLargeException refusal) {
            return refusal.code();
        }
        if (error instanceof IntrospectionDisabledError) {
            return "introspection-disabled";
        }
        ErrorClassification kind = error.getErrorType();
        return kind == ErrorType.InvalidSyntax ? "malformed-query" : "invalid-request";
    }
}
