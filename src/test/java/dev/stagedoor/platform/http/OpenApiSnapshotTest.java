package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@StagedoorTest
class OpenApiSnapshotTest {

    @Test
    void theDocumentIsTheOneThatWasReviewed() throws IOException {
        String served = Api.undocumented()
                .accept("application/yaml")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(served.strip())
                .as("after a change that is meant: cp target/openapi/openapi.yaml docs/openapi.yaml")
                .isEqualTo(Files.readString(Path.of("docs/openapi.yaml")).strip());
    }
}
