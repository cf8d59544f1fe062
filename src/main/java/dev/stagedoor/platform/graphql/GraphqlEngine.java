package dev.stagedoor.platform.graphql;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.introspection.Introspection;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext.ContextState;
import io.quarkus.arc.ManagedContext;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.graphql.execution.context.SmallRyeContext;
import io.smallrye.graphql.execution.context.SmallRyeContextManager;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.dataloader.DataLoaderRegistry;

/**
 * Executes queries on the caller's event loop.
 *
 * <p>It stands in for the execution service of SmallRye, of which it uses the schema and the way to call its fields: that
 * one keeps any number of parsed queries, and counts the fields of a query, not those of its answer.
 */
@ApplicationScoped
class GraphqlEngine {

    private final GraphQL graphql;
    private final ParserOptions parserOptions = QueryLimits.parserOptions();
    private final boolean hasIntrospection;

    GraphqlEngine(GraphQLSchema schema, GraphqlConfig config, GraphqlErrors errors, LaunchMode mode) {
        this.graphql = GraphQL.newGraphQL(StrictInput.of(schema))
                .instrumentation(QueryLimits.of(config.maxDepth(), config.maxComplexity()))
                .preparsedDocumentProvider(new Documents())
                .defaultDataFetcherExceptionHandler(errors)
                .build();
        this.hasIntrospection = config.introspection().orElse(mode != LaunchMode.NORMAL);
    }

    /** The answer; a query that fails gives one, too. */
    Uni<ExecutionResult> execute(GraphqlRequest request) {
        ManagedContext requestContext = Arc.container().requestContext();
        ContextState state = requestContext.getState();
        ExecutionInput input = ExecutionInput.newExecutionInput(request.query())
                .operationName(request.operationName())
                .variables(request.variables() == null ? Map.of() : request.variables())
                .locale(Locale.ROOT)
                .dataLoaderRegistry(new DataLoaderRegistry())
                .graphQLContext(context(state))
                .build();
        return Uni.createFrom()
                .completionStage(() -> graphql.executeAsync(input))
                // The fields end the context that they are called in.
                .onTermination()
                .invoke(() -> requestContext.activate(state));
    }

    /** What the fields of SmallRye look for. */
    private Map<Object, Object> context(ContextState state) {
        SmallRyeContextManager.clearCurrentSmallRyeContext();
        SmallRyeContext context = new SmallRyeContext(GraphqlEngine.class.getName());
        context.setRequest(JsonValue.EMPTY_JSON_OBJECT);
        Map<Object, Object> entries = new HashMap<>();
        entries.put(SmallRyeContextManager.CONTEXT, context);
        entries.put("state", state);
        // Calls each field on this thread: none of ours blocks.
        entries.put("runBlocking", true);
        entries.put(ParserOptions.class, parserOptions);
        entries.put(Introspection.INTROSPECTION_DISABLED, !hasIntrospection);
        return entries;
    }
}
