package dev.stagedoor.platform.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.StagedoorTest;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;
import io.quarkus.arc.Arc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

@StagedoorTest
class SchemaSnapshotTest {

    private static final Path PRINTED = Path.of("target/graphql/schema.graphql");

    /** The scopes that a field needs, and the ranges of arguments. */
    private static final Set<String> TELLING = Set.of("rolesAllowed", "constraint");

    @Test
    void theSchemaIsTheOneThatWasReviewed() throws IOException {
        GraphQLSchema schema =
                StrictInput.of(Arc.container().instance(GraphQLSchema.class).get());
        SchemaPrinter.Options telling = SchemaPrinter.Options.defaultOptions().includeDirectives(TELLING::contains);
        String printed = new SchemaPrinter(telling).print(schema);
        Files.createDirectories(PRINTED.getParent());
        Files.writeString(PRINTED, printed);

        assertThat(printed.strip())
                .as("after a change that is meant: cp target/graphql/schema.graphql docs/schema.graphql")
                .isEqualTo(Files.readString(Path.of("docs/schema.graphql")).strip());
    }
}
