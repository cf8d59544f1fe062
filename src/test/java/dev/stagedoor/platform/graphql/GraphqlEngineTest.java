package dev.stagedoor.platform.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.StagedoorTest;
import graphql.ExecutionResult;
import graphql.introspection.IntrospectionDisabledError;
import graphql.schema.GraphQLSchema;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@StagedoorTest
@ActivateRequestContext
class GraphqlEngineTest {

    private static final String INTROSPECTION = "{ __schema { queryType { name } } }";

    @Test
    void inProductionNobodyMayAskForTheSchema() {
        ExecutionResult answer = execute(Optional.empty(), LaunchMode.NORMAL, INTROSPECTION);

        assertThat(answer.getErrors()).hasSize(1).first().isInstanceOf(IntrospectionDisabledError.class);
        assertThat(execute(Optional.empty(), LaunchMode.NORMAL, "{ __type(name: \"User\") { name } }")
                        .getErrors())
                .hasSize(1);
        assertThat(execute(Optional.empty(), LaunchMode.NORMAL, "{ __typename }")
                        .getErrors())
                .isEmpty();
    }

    @Test
    void whoSetsItMayAskForTheSchemaInProduction() {
        assertThat(execute(Optional.of(true), LaunchMode.NORMAL, INTROSPECTION).getErrors())
                .isEmpty();
    }

    @Test
    void inDevelopmentEveryoneMayAskForTheSchemaUnlessItIsSet() {
        assertThat(execute(Optional.empty(), LaunchMode.DEVELOPMENT, INTROSPECTION)
                        .getErrors())
                .isEmpty();
        assertThat(execute(Optional.of(false), LaunchMode.DEVELOPMENT, INTROSPECTION)
                        .getErrors())
                .hasSize(1);
    }

    private static ExecutionResult execute(Optional<Boolean> introspection, LaunchMode mode, String query) {
        GraphqlEngine engine = new GraphqlEngine(
                Arc.container().instance(GraphQLSchema.class).get(),
                new Config(introspection),
                Arc.container().instance(GraphqlErrors.class).get(),
                mode);
        return engine.execute(new GraphqlRequest(query, null, null, null))
                .await()
                .indefinitely();
    }

    private record Config(Optional<Boolean> introspection) implements GraphqlConfig {

        @Override
        public int maxDepth() {
            return 15;
        }

        @Override
        public int maxComplexity() {
            return 1_000;
        }

        @Override
        public MemorySize maxQuerySize() {
            return new MemorySize(BigInteger.valueOf(1_000));
        }
    }
}
