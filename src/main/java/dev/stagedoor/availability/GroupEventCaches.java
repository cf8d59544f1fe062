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
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is kept ready of group events: each once, what someone is to it, and what it looks like to them. */
@ApplicationScoped
class GroupEventCaches {

    /** Keys that caches on the way know nothing of decide what someone sees. */
    private static final Duration REUSE = Duration.ZERO;

    /** How the view of an event ends for who takes no part. */
    private static final String NO_ANSWER = "null}";

    private final NamedCache<String, GroupEvent> events;
    private final NamedCache<RoleKey, KnownRole> roles;
    private final NamedCache<SeenKey, Shown> seen;
    private final EntityTags entityTags;
    private final Workers workers;

    GroupEventCaches(Caches caches, EntityTags entityTags, Workers workers) {
        this.entityTags = entityTags;
        this.workers = workers;
        this.events = caches.create(new CacheSpec<String, GroupEvent>(
                        "events",
                        key -> key,
                        key -> Set.of(tag(key)),
                        GroupEventCaches::userTags,
                        GroupEventService::notFound,
                        REUSE)
                .ofViews());
        this.roles = caches.create(new CacheSpec<>(
                "sessions",
                RoleKey::text,
                key -> Set.of(tag(key.tokenHash())),
                KnownRole::tags,
                GroupEventService::notFound,
                REUSE));
        this.seen = caches.create(new CacheSpec<SeenKey, Shown>(
                        "availability",
                        SeenKey::text,
                        key -> Set.of(tag(key.tokenHash())),
                        Shown::tags,
                        GroupEventService::notFound,
                        REUSE)
                .endingWith(NO_ANSWER));
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
    private record SeenKey(String tokenHash, Sight sight, Question question) {

        String text() {
            return String.join(",", tokenHash, sight.name(), question.text());
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

    private Uni<Viewed<GroupEvent>> event(String tokenHash, Supplier<Uni<GroupEvent>> loader) {
        return events.view(tokenHash, GroupEvent.class, loader);
    }

    /** Fails with 404 where there is no such event. */
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

    /** As {@link #role}; what is the same for all who see as much is made once. */
    Uni<Cached> seen(String tokenHash, Role role, Question question, Supplier<Uni<GroupEvent>> loader) {
        SeenKey key = new SeenKey(tokenHash, role.sight(), question);
        return seen.derive(key, () -> event(tokenHash, loader).chain(viewed -> show(viewed, key)))
                .chain(cached -> role.participantId() == null
                        ? Uni.createFrom().item(cached)
                        : event(tokenHash, loader).map(viewed -> ending(cached, viewed.view(), role.participantId())));
    }

    private Cached ending(Cached cached, GroupEvent event, UUID participantId) {
        return event.participant(participantId)
                .map(self -> json(AnswerView.of(event, self)) + "}")
                .map(end -> cached.endingWith(end.getBytes(StandardCharsets.UTF_8)))
                .orElse(cached);
    }

    /** Of hundreds of people and thousands of slots, that takes some milliseconds. */
    private Uni<Viewed<Shown>> show(Viewed<GroupEvent> viewed, SeenKey key) {
        return workers.run(() -> viewed.map(event ->
                new Shown(json(new SeenEvent(event, key.sight(), key.question()).view()), userTags(event))));
    }

    private String json(Object view) {
        return new String(entityTags.json(view), StandardCharsets.UTF_8);
    }
}
