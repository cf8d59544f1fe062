package dev.stagedoor.analytics.ingest;

import dev.stagedoor.analytics.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Samples of one stream as they may come: dense or sparse, in order or not, some twice, some on the minute. */
final class RandomSeries {

    private static final long[] STEPS = {1_000, 5_000, 20_000, 120_000, 400_000, 3_000_000};

    private final Random random;
    private final UUID streamId;
    private final List<Sample> samples = new ArrayList<>();

    /** @param begin of the stream, in milliseconds since 1970 */
    RandomSeries(Random random, UUID streamId, long begin, int count) {
        this.random = random;
        this.streamId = streamId;
        long step = STEPS[random.nextInt(STEPS.length)];
        long at = begin;
        for (int i = 0; i < count; i++) {
            at = next(at, step);
            samples.add(sample(at));
        }
        repeatSome();
        shuffle();
    }

    private long next(long at, long step) {
        return switch (random.nextInt(6)) {
            case 0 -> at + (long) (random.nextDouble() * step * 10) + 1;
            case 1 -> (at / 60_000 + 1) * 60_000;
            default -> at + (long) (random.nextDouble() * 2 * step) + 1;
        };
    }

    private Sample sample(long at) {
        int viewers = random.nextInt(4) == 0 ? 0 : random.nextInt(1_000);
        return new Sample(streamId, at, viewers, random.nextInt(5), null, null, null, null);
    }

    /** With other numbers, which must not count. */
    private void repeatSome() {
        int repeated = samples.size() / 5;
        for (int i = 0; i < repeated; i++) {
            samples.add(sample(samples.get(random.nextInt(samples.size())).at()));
        }
    }

    private void shuffle() {
        switch (random.nextInt(3)) {
            case 0 -> {}
            case 1 -> Collections.shuffle(samples, random);
            default -> {
                for (int i = 0; i < samples.size() / 8; i++) {
                    Collections.swap(samples, random.nextInt(samples.size()), random.nextInt(samples.size()));
                }
            }
        }
    }

    UUID streamId() {
        return streamId;
    }

    /** The next ones, a few or many; none where all were taken. */
    List<Sample> take() {
        int count = Math.min(samples.size(), 1 + random.nextInt(random.nextBoolean() ? 3 : 20));
        List<Sample> taken = List.copyOf(samples.subList(0, count));
        samples.subList(0, count).clear();
        return taken;
    }
}
