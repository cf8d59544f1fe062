package dev.stagedoor.platform.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.EmbeddedServices;
import dev.stagedoor.support.Graphql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("executable")
@QuarkusIntegrationTest
@WithTestResource(EmbeddedServices.class)
class GraphqlResourceIT extends GraphqlResourceTest {

    @Test
    void theSchemaIsNotTold() {
        Response answer = Graphql.post(Api.request(), "{ __schema { types { name } } }");

        assertThat(Graphql.code(answer)).isEqualTo("introspection-disabled");
        assertThat(answer.asString()).doesNotContain("Stream");
    }
}
