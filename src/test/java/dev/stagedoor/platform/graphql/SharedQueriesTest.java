package dev.stagedoor.platform.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.platform.context.Secrets;
import dev.stagedoor.platform.graphql.PersistedQueries.Resolved;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.StagedoorTest;
import io.quarkus.arc.Arc;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@StagedoorTest
class SharedQueriesTest {

    private final ReactiveRedisDataSource redis =
            Arc.container().instance(ReactiveRedisDataSource.class).get();

    @Test
    void whatOneNodeWasToldAnotherKnows() {
        String query = "query " + Api.uniqueName() + " { __typename }";
        GraphqlRequest byHash = byHash(query);
        assertThat(get(node().resolve(byHash)).request()).isNull();

        keep(node(), query);

        assertThat(get(node().resolve(byHash)).request().query()).isEqualTo(query);
    }

    @Test
    void theOldestGiveWayToNewOnes() {
        List<String> texts = new ArrayList<>(List.of("graphql:queries"));
        List<String> used = new ArrayList<>(List.of("graphql:queries:used"));
        IntStream.range(0, 2_500).forEach(i -> {
            texts.addAll(List.of("old-" + i, "{ old }"));
            used.addAll(List.of(Integer.toString(i), "old-" + i));
        });
        assertThat(get(redis.execute("HSET", texts.toArray(String[]::new)))).isNotNull();
        assertThat(get(redis.execute("ZADD", used.toArray(String[]::new)))).isNotNull();
        String query = "query " + Api.uniqueName() + " { __typename }";

        keep(node(), query);

        assertThat(get(redis.execute("HLEN", "graphql:queries")).toInteger()).isEqualTo(2_000);
        assertThat(get(redis.execute("ZCARD", "graphql:queries:used")).toInteger())
                .isEqualTo(2_000);
        assertThat(get(node().resolve(byHash(query))).request().query()).isEqualTo(query);
    }

    private PersistedQueries node() {
        return new PersistedQueries(redis, Clock.systemUTC());
    }

    private static void keep(PersistedQueries node, String query) {
        GraphqlRequest both = byHash(query).withQuery(query);
        Resolved resolved = get(node.resolve(both));
        assertThat(get(node.keep(resolved))).isNull();
    }

    private static GraphqlRequest byHash(String query) {
        String hash = HexFormat.of().formatHex(Secrets.sha256(query));
        return new GraphqlRequest(null, null, null, Map.of("persistedQuery", Map.of("version", 1, "sha256Hash", hash)));
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
