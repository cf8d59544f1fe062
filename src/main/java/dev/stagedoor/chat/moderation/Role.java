package dev.stagedoor.chat.moderation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/** What a member may do, the more the later. */
@RegisterForReflection
enum Role {
    @JsonProperty("member")
    MEMBER,
    @JsonProperty("moderator")
    MODERATOR,
    @JsonProperty("owner")
    OWNER;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** Whether who has this role may act on who has the other, which is null for who is not a member. */
    boolean outranks(Role other) {
        return other == null || compareTo(other) > 0;
    }
}
