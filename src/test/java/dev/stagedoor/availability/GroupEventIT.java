package dev.stagedoor.availability;

import dev.stagedoor.support.EmbeddedServices;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

@Tag("executable")
@QuarkusIntegrationTest
@WithTestResource(EmbeddedServices.class)
class GroupEventIT extends GroupEventTest {}
