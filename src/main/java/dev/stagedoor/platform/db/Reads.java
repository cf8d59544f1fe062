package dev.stagedoor.platform.db;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Runs queries that change nothing. */
@ApplicationScoped
public class Reads {

    private static final Logger LOG = Logger.getLogger(Reads.class);

    private final Pool primary;
    private final Pool replica;

    Reads(Pool primary, @ReactiveDataSource("read") Pool replica) {
        this.primary = primary;
        this.replica = replica;
    }

    /** Rows as they are now: for what a caller may just have written. */
    public <T> Uni<List<T>> list(String sql, Tuple parameters, Function<Row, T> mapper) {
        return execute(primary, sql, parameters).map(rows -> map(rows, mapper));
    }

    /** The first row as it is now; emits null where there is none. */
    public <T> Uni<T> first(String sql, Tuple parameters, Function<Row, T> mapper) {
        return execute(primary, sql, parameters)
                .map(rows ->
                        rows.size() == 0 ? null : mapper.apply(rows.iterator().next()));
    }

    /** Rows that may be some seconds old: the replica answers, the primary stands in for it. */
    public <T> Uni<List<T>> listStale(String sql, Tuple parameters, Function<Row, T> mapper) {
        return execute(replica, sql, parameters)
                .onFailure(DatabaseFailures::isUnavailable)
                .invoke(failure -> LOG.warnf("Replica failed, asking the primary: %s", failure.toString()))
                .onFailure(DatabaseFailures::isUnavailable)
                .recoverWithUni(() -> execute(primary, sql, parameters))
                .map(rows -> map(rows, mapper));
    }

    private static Uni<RowSet<Row>> execute(Pool pool, String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters);
    }

    private static <T> List<T> map(RowSet<Row> rows, Function<Row, T> mapper) {
        return rows.stream().map(mapper).toList();
    }

    /** A column of type timestamptz; null where it is. */
    public static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
