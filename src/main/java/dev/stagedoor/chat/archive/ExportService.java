package dev.stagedoor.chat.archive;

import dev.stagedoor.chat.ChannelService;
import dev.stagedoor.chat.archive.ExportQueries.Exported;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Gives out all messages of a channel, as fast as the client reads them: at no time are more than some of them here. */
@ApplicationScoped
class ExportService {

    private static final int PAGE = 1_000;

    private final ExportQueries queries;
    private final ChannelService channels;

    ExportService(ExportQueries queries, ChannelService channels) {
        this.queries = queries;
        this.channels = channels;
    }

    /** Fails for who does not read in the channel. */
    Uni<Boolean> requireMember(UUID channelId, UUID userId) {
        return channels.requireMemberNow(channelId, userId).replaceWith(true);
    }

    /** In the order of their sequence, some at once. */
    Multi<List<Exported>> pages(UUID channelId) {
        AtomicLong last = new AtomicLong();
        return Multi.createBy()
                .repeating()
                .uni(() -> queries.page(channelId, last.get(), PAGE).invoke(page -> advance(last, page)))
                .whilst(page -> page.size() == PAGE);
    }

    private static void advance(AtomicLong last, List<Exported> page) {
        if (!page.isEmpty()) {
            last.set(page.get(page.size() - 1).message().seq());
        }
    }
}
