package dev.stagedoor.support;

import static org.awaitility.Awaitility.await;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has the first test of a run wait until the service is ready: it listens before the database is migrated. Tests of the
 * packaged program know its address later than this is called, and do not look into the database first.
 */
class AwaitReady implements BeforeEachCallback {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static boolean isReady;

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!isReady && !isAnnotated(context.getRequiredTestClass(), QuarkusIntegrationTest.class)) {
            await().atMost(PATIENCE)
                    .until(() -> RestAssured.get("/q/health/ready").statusCode() == 200);
            isReady = true;
        }
    }
}
