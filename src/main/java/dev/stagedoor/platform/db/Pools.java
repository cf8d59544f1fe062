package dev.stagedoor.platform.db;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Bounds what Quarkus leaves open: the wait for a connection, and for the server to accept one. */
class Pools {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    @Produces
    @Singleton
    PgPoolCreator primary(DatabaseConfig config) {
        return input -> create(input, config);
    }

    @Produces
    @Singleton
    @ReactiveDataSource("read")
    PgPoolCreator read(DatabaseConfig config) {
        return input -> create(input, config);
    }

    private static Pool create(PgPoolCreator.Input input, DatabaseConfig config) {
        input.poolOptions()
                .setConnectionTimeout(Math.toIntExact(config.poolTimeout().toMillis()))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        input.pgConnectOptionsList()
                .forEach(options ->
                        options.setConnectTimeout(CONNECT_TIMEOUT_MILLIS).addProperty("application_name", "stagedoor"));
        return PgDriver.INSTANCE.createPool(input.vertx(), input.pgConnectOptionsList(), input.poolOptions());
    }
}
