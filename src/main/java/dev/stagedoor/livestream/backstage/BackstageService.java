package dev.stagedoor.livestream.backstage;

import dev.stagedoor.cache.Cached;
import dev.stagedoor.cache.Viewed;
import dev.stagedoor.livestream.LiveStreamService;
import dev.stagedoor.livestream.LiveStreamView;
import dev.stagedoor.livestream.PersonView;
import dev.stagedoor.livestream.backstage.BackstageCaches.PageKey;
import dev.stagedoor.platform.context.EventLoops;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Reads the page behind the stage, for who takes part in the stream. */
@ApplicationScoped
class BackstageService {

    private static final Viewed<LiveStreamView> NOT_ASKED_FOR = new Viewed<>(null, Long.MAX_VALUE);

    private final BackstageCaches caches;
    private final ParticipantService participants;
    private final LiveStreamService streams;

    BackstageService(BackstageCaches caches, ParticipantService participants, LiveStreamService streams) {
        this.caches = caches;
        this.participants = participants;
        this.streams = streams;
    }

    /** Fails with 404 for who takes no part in the stream, or not any more. */
    Uni<Cached> read(UUID streamId, UUID userId, Set<BackstagePart> parts) {
        PageKey key = new PageKey(streamId, userId, parts);
        return caches.backstages().derive(key, () -> load(key));
    }

    /** In two statements where nothing is cached, of which one also tells whether the caller may. */
    private Uni<Viewed<BackstageView>> load(PageKey key) {
        Uni<Viewed<LiveStreamView>> stream = key.parts().contains(BackstagePart.STREAM)
                ? streams.view(key.streamId())
                : Uni.createFrom().item(NOT_ASKED_FOR);
        return EventLoops.sideBySide(
                stream,
                participants.all(key.streamId()),
                (found, all) -> found.and(all, (one, many) -> assemble(key, one, many)));
    }

    private static BackstageView assemble(PageKey key, LiveStreamView stream, List<ParticipantView> participants) {
        if (!ParticipantService.takesPart(participants, key.userId())) {
            throw ParticipantService.noStream();
        }
        return new BackstageView(
                key.parts().contains(BackstagePart.ME) ? me(participants, key.userId()) : null,
                stream,
                key.parts().contains(BackstagePart.PARTICIPANTS) ? participants : null);
    }

    private static PersonView me(List<ParticipantView> participants, UUID userId) {
        return ParticipantService.require(participants, userId).user();
    }
}
