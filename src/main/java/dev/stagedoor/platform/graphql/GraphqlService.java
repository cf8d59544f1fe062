package dev.stagedoor.platform.graphql;

import dev.stagedoor.platform.graphql.PersistedQueries.Resolved;
import dev.stagedoor.platform.http.ApiException;
import graphql.ExecutionResult;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Answers queries, persisted ones among them. */
@ApplicationScoped
class GraphqlService {

    private final GraphqlEngine engine;
    private final GraphqlErrors errors;
    private final PersistedQueries queries;
    private final GraphqlConfig config;

    GraphqlService(GraphqlEngine engine, GraphqlErrors errors, PersistedQueries queries, GraphqlConfig config) {
        this.engine = engine;
        this.errors = errors;
        this.queries = queries;
        this.config = config;
    }

    /**
     * An answer.
     *
     * @param body what the client gets
     * @param isExecuted false where the query was refused as a whole
     * @param isComplete whether no field of it failed
     */
    record Answer(GraphqlAnswer body, boolean isExecuted, boolean isComplete) {}

    /** Fails with 400 where the request is none of GraphQL. */
    Uni<Answer> answer(GraphqlRequest request) {
        return queries.resolve(request).chain(this::answer);
    }

    private Uni<Answer> answer(Resolved resolved) {
        if (resolved.request() == null) {
            return Uni.createFrom().item(unknownQuery());
        }
        requireSize(resolved.request().query());
        return engine.execute(resolved.request())
                .call(result -> result.isDataPresent()
                        ? queries.keep(resolved)
                        : Uni.createFrom().voidItem())
                .map(this::answer);
    }

    private void requireSize(String query) {
        if (query.length() > config.maxQuerySize().asLongValue()) {
            throw ApiException.invalid(
                    "query", "must be no longer than " + config.maxQuerySize().asLongValue());
        }
    }

    /** As clients of automatic persisted queries know it: the next request has the text. */
    private static Answer unknownQuery() {
        Map<String, Object> error =
                Map.of("message", "PersistedQueryNotFound", "extensions", Map.of("code", "PERSISTED_QUERY_NOT_FOUND"));
        return new Answer(GraphqlAnswer.of(List.of(error), false, null), true, false);
    }

    private Answer answer(ExecutionResult result) {
        List<Map<String, Object>> failed =
                result.getErrors().stream().map(errors::toMap).toList();
        GraphqlAnswer body = GraphqlAnswer.of(failed, result.isDataPresent(), result.getData());
        return new Answer(body, result.isDataPresent(), failed.isEmpty());
    }
}
