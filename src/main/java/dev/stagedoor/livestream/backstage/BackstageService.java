package dev.stagedoor.livestream.backstage;

import dev.stagedoor.livestream.LiveStreamService;
import dev.stagedoor.livestream.LiveStreamView;
import dev.stagedoor.livestream.PersonView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Reads the page behind the stage: in two statements, of which the first also tells whether the caller may. */
@ApplicationScoped
class BackstageService {

    private final ParticipantQueries queries;
    private final LiveStreamService streams;

    BackstageService(ParticipantQueries queries, LiveStreamService streams) {
        this.queries = queries;
        this.streams = streams;
    }

    /** Fails with 404 for who takes no part in the stream, or not any more. */
    Uni<BackstageView> read(UUID streamId, UUID userId, Set<BackstagePart> parts) {
        return loadParticipants(streamId)
                .invoke(participants -> requireTakesPart(participants, userId))
                .chain(participants -> parts.contains(BackstagePart.STREAM)
                        ? loadStream(streamId).map(stream -> assemble(participants, stream, userId, parts))
                        : Uni.createFrom().item(() -> assemble(participants, null, userId, parts)));
    }

    private static void requireTakesPart(List<ParticipantView> participants, UUID userId) {
        if (!ParticipantService.takesPart(participants, userId)) {
            throw ParticipantService.noStream();
        }
    }

    private static BackstageView assemble(
            List<ParticipantView> participants, LiveStreamView stream, UUID userId, Set<BackstagePart> parts) {
        return new BackstageView(
                parts.contains(BackstagePart.ME) ? me(participants, userId) : null,
                stream,
                parts.contains(BackstagePart.PARTICIPANTS) ? participants : null);
    }

    /** The same as {@link #loadMe}, without asking again. */
    private static PersonView me(List<ParticipantView> participants, UUID userId) {
        return participants.stream()
                .map(ParticipantView::user)
                .filter(user -> user.id().equals(userId))
                .findFirst()
                .orElseThrow(ParticipantService::noStream);
    }

    /** Emits null where there is no such user. */
    Uni<PersonView> loadMe(UUID userId) {
        return queries.findPerson(userId);
    }

    /** Fails with 404 where there is no such stream. */
    Uni<LiveStreamView> loadStream(UUID streamId) {
        return streams.get(streamId);
    }

    /** In the order in which they were invited; empty where there is no such stream. */
    Uni<List<ParticipantView>> loadParticipants(UUID streamId) {
        return queries.list(streamId);
    }
}
