package dev.stagedoor.realtime.access;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** What others see of a user who is present; the feature that has users offers it. */
public interface Profiles {

    /** Becomes JSON; fails with 404 where there is no such user. */
    Uni<Object> of(UUID userId);
}
