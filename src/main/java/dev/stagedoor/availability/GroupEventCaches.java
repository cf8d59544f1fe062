package dev.stagedoor.availability;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.stagedoor.account.api.UserTags;
import dev.stagedoor.availability.SeenEvent.Question;
import dev.stagedoor.cache.CacheSpec;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.cache.NamedCache;
import dev.stagedoor.cache.Viewed;
import dev.stagedoor.platform.context.Workers;
import dev.stagedoor.platform.http.EntityTags;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is kept ready of group events: each once, what someone is to it, and what it looks like to them. */
@ApplicationScoped
class GroupEventCaches {

    /** Keys that caches on the way know nothing of decide what someone sees. */
    private static final Duration REUSE = Duration.ZERO;

    private final NamedCache<String, GroupEvent> events;
    private final NamedCache<RoleKey, KnownRole> roles;
    private final NamedCache<SeenKey, Shown> seen;
    private final EntityTags entityTags;
    private final Workers workers;

    GroupEventCaches(Caches caches, EntityTags entityTags, Workers workers) {
        this.entityTags = entityTags;
        this.workers = workers;
        this.events = caches.create(new CacheSpec<>(
                "events",
                key -> key,
                key -> Set.of(tag(key)),
                GroupEventCaches::userTags,
                GroupEventService::notFound,
                REUSE));
        this.roles = caches.create(new CacheSpec<>(
                "sessions",
                RoleKey::text,
                key -> Set.of(tag(key.tokenHash())),
                KnownRole::tags,
                GroupEventService::notFound,
                REUSE));
        this.seen = caches.create(new CacheSpec<>(
                "availability",
                SeenKey::text,
                key -> Set.of(tag(key.tokenHash())),
                Shown::tags,
                GroupEventService::notFound,
                REUSE));
    }

    /** An event, and who may be something to it. */
    private record RoleKey(String tokenHash, Viewer viewer) {

        String text() {
            return tokenHash + "," + viewer.text();
        }
    }

    /** What someone is to an event, and whose names that depends on. */
    @RegisterForReflection
    record KnownRole(@JsonValue Role role, Set<String> tags) {}

    /** An event, and what of it is to be seen. */
    private record SeenKey(String tokenHash, Question question) {

        String text() {
            return tokenHash + "," + question.text();
        }
    }

    /** What it looks like, and whose names that depends on. */
    @RegisterForReflection
    record Shown(@JsonValue @JsonRawValue String json, Set<String> tags) {}

    /** What changes with the event, and with every answer. */
    static String tag(String tokenHash) {
        return "event:" + tokenHash;
    }

    private static Set<String> userTags(GroupEvent event) {
        return Stream.concat(
                        Stream.ofNullable(event.ownerId()),
                        event.participants().stream().flatMap(each -> Stream.ofNullable(each.userId())))
                .map(UserTags::user)
                .collect(Collectors.toSet());
    }

    /** Fails with 404 where there is no such event. */
    Uni<Viewed<GroupEvent>> event(String tokenHash, Supplier<Uni<GroupEvent>> loader) {
        return events.view(tokenHash, GroupEvent.class, loader);
    }

    /** As {@link #event}. */
    Uni<Role> role(String tokenHash, Viewer viewer, Supplier<Uni<GroupEvent>> loader) {
        return viewer.isAnonymous()
                ? Uni.createFrom().item(Role.NONE)
                : roles.derive(
                                new RoleKey(tokenHash, viewer),
                                () -> event(tokenHash, loader)
                                        .map(viewed -> viewed.map(
                                                event -> new KnownRole(viewer.role(event), userTags(event)))))
                        .map(cached -> entityTags.view(cached.body().json(), Role.class));
    }

    /** As {@link #event}. */
    Uni<Cached> seen(String tokenHash, Question question, Supplier<Uni<GroupEvent>> loader) {
        return seen.derive(
                new SeenKey(tokenHash, question),
                () -> event(tokenHash, loader).chain(viewed -> show(viewed, question)));
    }

    /** Of hundreds of people and thousands of slots, that takes some milliseconds. */
    private Uni<Viewed<Shown>> show(Viewed<GroupEvent> viewed, Question question) {
        return workers.run(() ->
                viewed.map(event -> new Shown(json(new SeenEvent(event, question).view()), userTags(event))));
    }

    private String json(GroupEventView view) {
        return new String(entityTags.json(view), StandardCharsets.UTF_8);
    }
}
