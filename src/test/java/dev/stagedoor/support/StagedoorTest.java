package dev.stagedoor.support;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of the running service, over HTTP, with real PostgreSQL and Redis. */
@QuarkusTest
@WithTestResource(EmbeddedServices.class)
@ExtendWith(AwaitReady.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StagedoorTest {}
