package dev.stagedoor.creator;

import dev.stagedoor.account.api.UserTags;
import dev.stagedoor.cache.CacheSpec;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.cache.NamedCache;
import dev.stagedoor.creator.CreatorSort.Position;
import dev.stagedoor.platform.http.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is kept ready of creators, and what each kind depends on. Free time is not: it passes. */
@ApplicationScoped
class CreatorCaches {

    private static final String NAME = "creators";
    private static final Duration REUSE = Duration.ofMinutes(1);

    private final NamedCache<UUID, CreatorView> creators;
    private final NamedCache<PageKey, Page<CreatorView>> pages;
    private final NamedCache<UUID, Taken> taken;

    CreatorCaches(Caches caches) {
        this.creators = caches.create(new CacheSpec<>(
                NAME,
                UUID::toString,
                id -> Set.of(CreatorTags.creator(id)),
                creator -> Set.of(UserTags.user(creator.id())),
                CreatorService::notFound,
                REUSE));
        this.pages = caches.create(new CacheSpec<>(
                NAME,
                PageKey::text,
                key -> Set.of(CreatorTags.CREATORS),
                CreatorCaches::userTags,
                CreatorService::notFound,
                REUSE));
        this.taken = caches.create(new CacheSpec<UUID, Taken>(
                        NAME,
                        id -> "taken:" + id,
                        id -> Set.of(CreatorTags.slots(id)),
                        slots -> Set.of(),
                        CreatorService::notFound,
                        REUSE)
                .ofViews());
    }

    /** Time of one creator that is taken, from some moment of the past on; the earliest first. */
    @RegisterForReflection
    record Taken(List<TakenTime> times) {

        Taken {
            times = List.copyOf(times);
        }

        /** Without what was held, and not confirmed in time. */
        List<Slot> slots(Instant now) {
            return times.stream()
                    .filter(time -> time.isTakenAt(now))
                    .map(TakenTime::slot)
                    .toList();
        }
    }

    /** A page of a list of creators. */
    record PageKey(CreatorFilter filter, Position after, int limit) {

        /** Unlike a creator's key, it has more than an id; a category is what its author called it, words are anyone's. */
        String text() {
            return Stream.of(
                            filter.sort(),
                            filter.language(),
                            encoded(filter.category()),
                            encoded(filter.words()),
                            after.key(),
                            after.id(),
                            limit)
                    .map(part -> part == null ? "" : part.toString())
                    .collect(Collectors.joining(":", "list:", ""));
        }

        private static String encoded(String text) {
            return text == null ? null : URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }

    private static Set<String> userTags(Page<CreatorView> page) {
        return page.data().stream().map(creator -> UserTags.user(creator.id())).collect(Collectors.toSet());
    }

    NamedCache<UUID, CreatorView> creators() {
        return creators;
    }

    NamedCache<PageKey, Page<CreatorView>> pages() {
        return pages;
    }

    NamedCache<UUID, Taken> taken() {
        return taken;
    }
}
