package dev.stagedoor.platform.graphql;

import dev.stagedoor.platform.http.ApiException;
import io.smallrye.mutiny.Uni;

/** What REST answers with 404, in GraphQL. */
public final class Absent {

    private Absent() {}

    /** To plug into a read: null stands for what there is not, or not for this caller. */
    public static <T> Uni<T> asNull(Uni<T> read) {
        return read.onFailure(Absent::isAbsence).recoverWithNull();
    }

    private static boolean isAbsence(Throwable failure) {
        return failure instanceof ApiException refusal && refusal.status() == 404;
    }
}
