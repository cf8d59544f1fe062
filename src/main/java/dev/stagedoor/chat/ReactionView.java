package dev.stagedoor.chat;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Who reacted to a message in one way.
 *
 * @param count of all who did
 * @param userIds of the first fifty
 */
@RegisterForReflection
@Schema(name = "Reaction")
@Type("Reaction")
public record ReactionView(
        @Schema(required = true, examples = "👏") @NonNull String emoji,
        @Schema(required = true, examples = "2") int count,
        @Schema(required = true) @Ignore List<UUID> userIds) {

    private static final int SHOWN = 50;

    /** Whether more have reacted in this way than are shown. */
    static boolean hidesSome(List<ReactionView> reactions, String emoji) {
        return reactions.stream()
                .anyMatch(reaction -> reaction.emoji.equals(emoji) && reaction.count > reaction.userIds.size());
    }

    /** With one more; a new kind comes last. */
    static List<ReactionView> with(List<ReactionView> reactions, String emoji, UUID userId) {
        boolean isNew = reactions.stream().noneMatch(reaction -> reaction.emoji.equals(emoji));
        Stream<ReactionView> more = isNew ? Stream.of(new ReactionView(emoji, 1, List.of(userId))) : Stream.empty();
        return Stream.concat(
                        reactions.stream()
                                .map(reaction -> reaction.emoji.equals(emoji) ? reaction.with(userId) : reaction),
                        more)
                .toList();
    }

    private ReactionView with(UUID userId) {
        List<UUID> shown =
                Stream.concat(userIds.stream(), Stream.of(userId)).limit(SHOWN).toList();
        return new ReactionView(emoji, count + 1, shown);
    }

    /** Without one, of a kind of which all are shown. */
    static List<ReactionView> without(List<ReactionView> reactions, String emoji, UUID userId) {
        return reactions.stream()
                .map(reaction -> reaction.emoji.equals(emoji) ? reaction.without(userId) : reaction)
                .filter(reaction -> reaction.count > 0)
                .toList();
    }

    private ReactionView without(UUID userId) {
        List<UUID> left = userIds.stream().filter(id -> !id.equals(userId)).toList();
        return new ReactionView(emoji, count - 1, left);
    }
}
