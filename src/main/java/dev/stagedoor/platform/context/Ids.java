package dev.stagedoor.platform.context;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Makes ids: UUIDs of version 7 (RFC 9562), ascending on a node, so that an index on them grows at its end. */
@ApplicationScoped
public class Ids {

    public UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }
}
