package dev.stagedoor.livestream.backstage;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** How near to the stage someone is. */
@RegisterForReflection
public enum ParticipantState {
    /** Has not accepted yet, and manages nobody. */
    @JsonProperty("invited")
    INVITED,
    @JsonProperty("waiting")
    WAITING,
    @JsonProperty("backstage")
    BACKSTAGE,
    @JsonProperty("on_air")
    ON_AIR,
    /** Takes no part any more. */
    @JsonProperty("left")
    LEFT;

    /** Whether it is one step from here to there. */
    boolean leadsTo(ParticipantState next) {
        return switch (this) {
            case INVITED -> next == WAITING || next == LEFT;
            case WAITING -> next == BACKSTAGE || next == LEFT;
            case BACKSTAGE -> next == ON_AIR || next == WAITING || next == LEFT;
            case ON_AIR -> next == BACKSTAGE || next == LEFT;
            case LEFT -> next == INVITED;
        };
    }

    /** The form in the database and in JSON. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ParticipantState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
