package dev.stagedoor.chat.search;

import dev.stagedoor.chat.MessageView;
import dev.stagedoor.chat.search.SearchQuery.Term;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A message that was found.
 *
 * @param channelName null of a direct channel
 * @param snippet up to 240 characters of its text, around the first that was looked for
 * @param highlights parts of the snippet that were looked for
 */
@RegisterForReflection
@Schema(name = "FoundMessage")
record FoundMessageView(
        @Schema(required = true) MessageView message,

        @Schema(required = true, nullable = true, examples = "stagedoor/green-room")
        String channelName,

        @Schema(required = true, examples = "Curtain up!") String snippet,
        @Schema(required = true) List<HighlightView> highlights) {

    static FoundMessageView of(MessageView message, String channelName, List<Term> terms, String marked) {
        Snippet snippet = Snippet.of(message.text(), Highlights.in(message.text(), terms, marked));
        return new FoundMessageView(message, channelName, snippet.text(), snippet.highlights());
    }
}
