package dev.stagedoor.availability;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * What someone is to an event, as their keys or their name have proved.
 *
 * @param participantId null for who takes no part
 */
@RegisterForReflection
record Role(UUID participantId, Sight sight) {

    static final Role NONE = new Role(null, Sight.LINK);
}
