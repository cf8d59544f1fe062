package dev.stagedoor.chat.stream;

import dev.stagedoor.support.EmbeddedServices;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

@Tag("executable")
@QuarkusIntegrationTest
@WithTestResource(EmbeddedServices.class)
class ChatActivityIT extends ChatActivityTest {}
