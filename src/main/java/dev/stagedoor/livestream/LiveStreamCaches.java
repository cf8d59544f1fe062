package dev.stagedoor.livestream;

import dev.stagedoor.account.api.UserTags;
import dev.stagedoor.cache.CacheSpec;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.cache.NamedCache;
import dev.stagedoor.livestream.LiveStreamQueries.Position;
import dev.stagedoor.platform.http.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is kept ready of streams, and what each kind depends on. */
@ApplicationScoped
class LiveStreamCaches {

    private static final String NAME = "streams";
    private static final Duration REUSE = Duration.ofMinutes(1);

    private final NamedCache<UUID, LiveStreamView> streams;
    private final NamedCache<PageKey, Page<LiveStreamView>> pages;

    LiveStreamCaches(Caches caches) {
        this.streams = caches.create(new CacheSpec<>(
                NAME,
                UUID::toString,
                id -> Set.of(QueryKeys.stream(id)),
                stream -> Set.of(UserTags.user(stream.owner().id())),
                LiveStreamService::notFound,
                REUSE));
        this.pages = caches.create(new CacheSpec<>(
                NAME,
                PageKey::text,
                key -> Set.of(QueryKeys.STREAMS),
                LiveStreamCaches::ownerTags,
                LiveStreamService::notFound,
                REUSE));
    }

    /** A page of a list of streams. */
    record PageKey(LiveStreamFilter filter, Position after, int limit) {

        /** Unlike a stream's key, it has more than an id; a category is what its author called it. */
        String text() {
            return Stream.of(
                            filter.live(),
                            filter.owner(),
                            filter.language(),
                            filter.category() == null
                                    ? null
                                    : URLEncoder.encode(filter.category(), StandardCharsets.UTF_8),
                            after.listedAt(),
                            after.id(),
                            limit)
                    .map(part -> part == null ? "" : part.toString())
                    .collect(Collectors.joining(":", "list:", ""));
        }
    }

    private static Set<String> ownerTags(Page<LiveStreamView> page) {
        return page.data().stream()
                .map(stream -> UserTags.user(stream.owner().id()))
                .collect(Collectors.toSet());
    }

    NamedCache<UUID, LiveStreamView> streams() {
        return streams;
    }

    NamedCache<PageKey, Page<LiveStreamView>> pages() {
        return pages;
    }
}
