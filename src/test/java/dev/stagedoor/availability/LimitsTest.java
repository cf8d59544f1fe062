package dev.stagedoor.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.RateLimiter;
import dev.stagedoor.support.StagedoorTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@StagedoorTest
class LimitsTest {

    private static final int MOST = 3;

    @Inject
    RateLimiter limiter;

    private final String address = UUID.randomUUID().toString();

    private record Config(Duration keepFor, int createsPerAddress, int missesPerAddress) implements EventConfig {}

    private Limits limits() {
        return new Limits(limiter, new Config(Duration.ofDays(1), MOST, MOST));
    }

    private static int status(Uni<?> answer) {
        return answer.map(found -> 200)
                .onFailure(ApiException.class)
                .recoverWithItem(refusal -> refusal.status())
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private int miss(String from) {
        return status(Uni.createFrom().failure(ApiException.notFound("event")).plug(limits().missesOf(from)));
    }

    private List<Integer> each(IntSupplier attempt) {
        return IntStream.rangeClosed(0, MOST)
                .map(i -> attempt.getAsInt())
                .boxed()
                .toList();
    }

    @Test
    void whoMissesTooOftenIsRefusedAndWhatThereIsStaysThere() {
        assertThat(each(() -> miss(address))).containsExactly(404, 404, 404, 429);

        assertThat(status(Uni.createFrom().item("event").plug(limits().missesOf(address))))
                .isEqualTo(200);
        assertThat(status(Uni.createFrom()
                        .failure(ApiException.forbidden("Not theirs"))
                        .plug(limits().missesOf(address))))
                .isEqualTo(403);
        assertThat(miss(UUID.randomUUID().toString())).isEqualTo(404);
    }

    @Test
    void anAddressMakesOnlySoManyEvents() {
        assertThat(each(() -> status(limits().create(address)))).containsExactly(200, 200, 200, 429);
    }
}
