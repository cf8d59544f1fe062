package dev.stagedoor.chat.search;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.stagedoor.account.api.UserTags;
import dev.stagedoor.cache.CacheSpec;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.cache.Caches;
import dev.stagedoor.cache.NamedCache;
import dev.stagedoor.chat.ChatTags;
import dev.stagedoor.chat.search.SearchQueries.Search;
import dev.stagedoor.chat.search.SearchQueries.Searched;
import dev.stagedoor.chat.search.SearchQuery.Named;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Cursors;
import dev.stagedoor.platform.http.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Finds messages in the channels that someone is in. */
@ApplicationScoped
class SearchService {

    private static final Duration REUSE = Duration.ofSeconds(5);
    private static final UUID NEWEST = new UUID(-1, -1);

    private final SearchQueries queries;
    private final Cursors cursors;
    private final NamedCache<Key, Found> cache;

    SearchService(SearchQueries queries, Cursors cursors, Caches caches) {
        this.queries = queries;
        this.cursors = cursors;
        this.cache = caches.create(new CacheSpec<>(
                "search",
                Key::text,
                key -> Set.of(ChatTags.channelsOf(key.userId())),
                Found::tags,
                () -> ApiException.notFound("search"),
                REUSE));
    }

    /** A page of what someone looks for. */
    record Key(UUID userId, String query, UUID before, int limit) {

        String text() {
            String encoded = Base64.getUrlEncoder().encodeToString(query.getBytes(StandardCharsets.UTF_8));
            return userId + "," + before + "," + limit + "," + encoded;
        }
    }

    /** What was found, and where: whatever is said there changes it. */
    @RegisterForReflection
    record Found(@JsonValue Page<FoundMessageView> page, List<UUID> channelIds) {

        Set<String> tags() {
            Set<String> tags = new HashSet<>();
            channelIds.forEach(id -> tags.add(ChatTags.messages(id)));
            page.data()
                    .forEach(each ->
                            tags.add(UserTags.user(each.message().author().id())));
            return tags;
        }
    }

    /** Newest first; fails with 400 where the text holds nothing to look for. */
    Uni<Cached> find(UUID userId, String text, String cursor, int limit) {
        SearchQuery query = SearchQuery.parse(text);
        String list = "search:" + userId + ":" + text;
        UUID before = cursor == null
                ? NEWEST
                : UUID.fromString(cursors.decode(list, cursor).get(0));
        return cache.get(
                new Key(userId, text, before, limit),
                () -> queries.channelsOf(userId)
                        .map(channels -> chosen(channels, query.channels()))
                        .chain(ids -> queries.find(new Search(query, userId, ids, before, limit + 1))
                                .map(rows -> new Found(page(rows, limit, list), ids))));
    }

    private static List<UUID> chosen(List<Searched> channels, List<Named> names) {
        return channels.stream()
                .filter(channel -> names.stream().allMatch(name -> isNamed(channel, name.name()) != name.isNegated()))
                .map(Searched::id)
                .toList();
    }

    private static boolean isNamed(Searched channel, String name) {
        return name.equals(channel.name()) || name.equals(channel.id().toString());
    }

    private Page<FoundMessageView> page(List<FoundMessageView> rows, int limit, String list) {
        return Page.of(rows, limit, last -> cursors.encode(list, last.message().id()));
    }
}
