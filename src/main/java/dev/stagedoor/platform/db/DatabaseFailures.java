package dev.stagedoor.platform.db;

import com.fasterxml.jackson.core.JacksonException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.hibernate.exception.ConstraintViolationException;

/** Tells the failures apart that a caller can act on. */
public final class DatabaseFailures {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String DEADLOCK = "40P01";

    /** SQLSTATE classes: connection exception, insufficient resources, operator intervention. */
    private static final Set<String> UNAVAILABLE = Set.of("08", "53", "57");

    /** What the pool says when no connection came free; it has no type of its own (SqlConnectionPool, Vert.x 4.5). */
    private static final Set<String> POOL_TIMEOUTS = Set.of("Timeout", "Timeout waiting for connection");

    private DatabaseFailures() {}

    /** Whether the database could not be reached, or would not serve; repeating may help. */
    public static boolean isUnavailable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // Jackson's failures are IOExceptions too.
            if (cause instanceof JacksonException) {
                return false;
            }
            if (cause instanceof IOException || cause instanceof TimeoutException || isClosedConnection(cause)) {
                return true;
            }
            if (cause instanceof PgException pg && UNAVAILABLE.contains(stateClass(pg))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the database ended the transaction for the sake of another one; done again, it will do. */
    public static boolean isDeadlock(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg && DEADLOCK.equals(pg.getSqlState())) {
                return true;
            }
        }
        return false;
    }

    private static String stateClass(PgException failure) {
        String state = failure.getSqlState();
        return state == null ? "" : state.substring(0, 2);
    }

    private static boolean isClosedConnection(Throwable cause) {
        return cause instanceof ClosedConnectionException || POOL_TIMEOUTS.contains(String.valueOf(cause.getMessage()));
    }

    /** The name of the unique constraint that was violated; empty for any other failure. */
    public static Optional<String> violatedUniqueConstraint(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState())) {
                return Optional.ofNullable(pg.getConstraint());
            }
            if (cause instanceof ConstraintViolationException violation && violation.getConstraintName() != null) {
                return Optional.of(violation.getConstraintName());
            }
        }
        return Optional.empty();
    }

    /** Whether the failure is the violation of this unique constraint. */
    public static boolean violates(Throwable failure, String uniqueConstraint) {
        return violatedUniqueConstraint(failure)
                .filter(uniqueConstraint::equals)
                .isPresent();
    }
}
