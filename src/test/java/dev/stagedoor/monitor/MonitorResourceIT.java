package dev.stagedoor.monitor;

import dev.stagedoor.support.EmbeddedServices;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
@WithTestResource(EmbeddedServices.class)
class MonitorResourceIT extends MonitorResourceTest {}
