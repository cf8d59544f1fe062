package dev.stagedoor.platform.db;

import dev.stagedoor.platform.metrics.AdHoc;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Bounds what Quarkus leaves open: the wait for a connection, and for the server to accept one. */
@Singleton
class Pools {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** Of a statement that is kept prepared, in characters: the client does so of short ones alone, ours are all shorter. */
    private static final int MAX_PREPARED = 16_384;

    /** A process that is frozen within a transaction holds its locks no longer. */
    private static final String IDLE_IN_TRANSACTION_MILLIS = "30000";

    private final Promise<PgConnectOptions> toPrimary = Promise.promise();

    /** How to connect to the primary; known once its pool is made, which is when it is first used. */
    Future<PgConnectOptions> toPrimary() {
        return toPrimary.future();
    }

    @Produces
    @Singleton
    PgPoolCreator primary(DatabaseConfig config) {
        return input -> {
            Pool pool = create(input, config);
            toPrimary.tryComplete(input.pgConnectOptionsList().get(0));
            return pool;
        };
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
                .forEach(options -> options.setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setPreparedStatementCacheSqlFilter(Pools::isKeptPrepared)
                        .addProperty("application_name", "stagedoor")
                        .addProperty("idle_in_transaction_session_timeout", IDLE_IN_TRANSACTION_MILLIS));
        return PgDriver.INSTANCE.createPool(input.vertx(), input.pgConnectOptionsList(), input.poolOptions());
    }

    private static boolean isKeptPrepared(String sql) {
        return sql.length() <= MAX_PREPARED && !sql.startsWith(AdHoc.MARK);
    }
}
