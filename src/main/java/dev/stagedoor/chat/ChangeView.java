package dev.stagedoor.chat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that happened to a message.
 *
 * @param change its number in the channel, each greater than the one before it
 * @param message as it is now, which may be later than the change
 * @param thread of a reply, what it changes of its thread; absent else, and where that is not kept any more
 * @param userId of a reaction, whose it is; absent for other types, as what follows
 * @param added whether it came or went
 */
@RegisterForReflection
@Schema(name = "Change")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangeView(
        @Schema(required = true, examples = "57") long change,
        @Schema(required = true) Kind type,
        @Schema(required = true, examples = "42") long seq,
        @Schema(required = true) MessageView message,
        ReplyThread thread,
        UUID userId,
        @Schema(examples = "👏") String emoji,
        Boolean added) {

    /** The first message of a thread, and how many replies it has now. */
    @RegisterForReflection
    @Schema(name = "ReplyThread")
    public record ReplyThread(
            @Schema(required = true, examples = "40") long seq,
            @Schema(required = true, examples = "2") int replyCount) {}

    /** What happened; pins and edits are one, since both leave the message another one. */
    @Schema(
            name = "ChangeType",
            enumeration = {"created", "edited", "deleted", "reaction"})
    public enum Kind {
        CREATED,
        EDITED,
        DELETED,
        REACTION;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }
}
