package dev.stagedoor.livestream.backstage;

import dev.stagedoor.account.api.UserTags;
import dev.stagedoor.cache.CacheSpec;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.cache.NamedCache;
import dev.stagedoor.livestream.Actor;
import dev.stagedoor.livestream.QueryKeys;
import dev.stagedoor.platform.http.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is kept ready of who takes part, and what each kind depends on. */
@ApplicationScoped
class BackstageCaches {

    private static final String PARTICIPANTS = "participants";
    private static final Duration REUSE = Duration.ofMinutes(1);

    private final NamedCache<UUID, Participants> all;
    private final NamedCache<ReaderKey, Page<ParticipantView>> pages;
    private final NamedCache<ParticipantKey, ParticipantView> single;
    private final NamedCache<PageKey, BackstageView> backstages;

    BackstageCaches(Caches caches) {
        this.all = caches.create(new CacheSpec<UUID, Participants>(
                        PARTICIPANTS,
                        UUID::toString,
                        streamId -> Set.of(QueryKeys.participants(streamId)),
                        participants -> userTags(participants.all()),
                        ParticipantService::noStream,
                        REUSE)
                .ofViews());
        this.pages = caches.create(new CacheSpec<>(
                PARTICIPANTS,
                ReaderKey::text,
                key -> Set.of(QueryKeys.participants(key.streamId())),
                page -> userTags(page.data()),
                ParticipantService::noStream,
                REUSE));
        this.single = caches.create(new CacheSpec<>(
                PARTICIPANTS,
                ParticipantKey::text,
                key -> Set.of(QueryKeys.participants(key.reader().streamId())),
                participant -> userTags(List.of(participant)),
                ParticipantService::noParticipant,
                REUSE));
        this.backstages = caches.create(new CacheSpec<>(
                "backstage",
                PageKey::text,
                key -> Set.of(QueryKeys.backstage(key.streamId())),
                BackstageCaches::userTags,
                ParticipantService::noStream,
                REUSE));
    }

    /** All who take part in a stream, or did, in the order in which they were invited: at least its owner. */
    @RegisterForReflection
    record Participants(List<ParticipantView> all) {

        Participants {
            all = List.copyOf(all);
        }
    }

    /** Someone who reads who takes part in a stream; as whom decides whether they may. */
    record ReaderKey(UUID streamId, Actor actor) {

        String text() {
            return streamId + ":" + actor.userId() + ":" + (actor.managesAll() ? "manager" : "participant");
        }
    }

    /** Someone who reads of one who takes part. */
    record ParticipantKey(ReaderKey reader, UUID userId) {

        String text() {
            return reader.text() + ":" + userId;
        }
    }

    /** Someone who reads parts of the page behind the stage. */
    record PageKey(UUID streamId, UUID userId, Set<BackstagePart> parts) {

        PageKey {
            parts = Set.copyOf(parts);
        }

        String text() {
            return parts.stream()
                    .sorted()
                    .map(BackstagePart::name)
                    .collect(Collectors.joining("+", streamId + ":" + userId + ":", ""));
        }
    }

    private static Set<String> userTags(List<ParticipantView> participants) {
        Set<String> tags = new HashSet<>();
        participants.forEach(
                participant -> tags.add(UserTags.user(participant.user().id())));
        return tags;
    }

    private static Set<String> userTags(BackstageView page) {
        Set<String> tags = page.participants() == null ? new HashSet<>() : userTags(page.participants());
        if (page.me() != null) {
            tags.add(UserTags.user(page.me().id()));
        }
        if (page.stream() != null) {
            tags.add(UserTags.user(page.stream().owner().id()));
        }
        return tags;
    }

    NamedCache<UUID, Participants> all() {
        return all;
    }

    NamedCache<ReaderKey, Page<ParticipantView>> pages() {
        return pages;
    }

    NamedCache<ParticipantKey, ParticipantView> single() {
        return single;
    }

    NamedCache<PageKey, BackstageView> backstages() {
        return backstages;
    }
}
