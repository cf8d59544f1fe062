package dev.stagedoor.analytics;

import dev.stagedoor.analytics.SampleStore.Run;
import dev.stagedoor.analytics.SampleStore.SampledStream;
import dev.stagedoor.analytics.SumChanges.Known;
import dev.stagedoor.platform.db.Transaction;
import dev.stagedoor.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Stores samples of any streams in one transaction, each once. */
@ApplicationScoped
class SampleWriter {

    private static final Duration BEFORE_START = Duration.ofDays(1);

    /** Samples that are closer, in milliseconds, are one run: those between them are read, too. */
    private static final long CLOSE = 10_000;

    private final SampleStore store;
    private final Transactions transactions;
    private final long silence;

    SampleWriter(SampleStore store, Transactions transactions, AnalyticsConfig config) {
        this.store = store;
        this.transactions = transactions;
        this.silence = config.silence().toMillis();
    }

    /**
     * A sample that someone wants to store.
     *
     * @param ownerId who the stream must be of; null for anybody
     */
    record Offered(Sample sample, UUID ownerId) {}

    /**
     * What became of samples.
     *
     * @param fresh those that were not there before, by their streams, in order of time
     * @param refusals by the places of the samples
     */
    record Written(Map<UUID, List<Sample>> fresh, List<Refusal> refusals) {}

    /** What is admitted of one stream, by the times of the samples: of one moment, the first counts. */
    private record Admitted(SampledStream stream, SortedMap<Long, Sample> samples) {

        boolean isInOrder() {
            return stream.newest() == null
                    || samples.firstKey() > stream.newest().at();
        }
    }

    /** Writes all that can be; what is there already stays as it is. */
    Uni<Written> write(List<Offered> offered) {
        List<UUID> streamIds = offered.stream()
                .map(each -> each.sample().streamId())
                .distinct()
                .toList();
        return transactions.run(transaction -> store.lock(transaction, streamIds)
                .chain(() -> store.streams(transaction, streamIds))
                .chain(streams -> write(transaction, offered, streams)));
    }

    private Uni<Written> write(Transaction transaction, List<Offered> offered, Map<UUID, SampledStream> streams) {
        Map<UUID, Admitted> admitted = new LinkedHashMap<>();
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < offered.size(); i++) {
            Sample sample = offered.get(i).sample();
            SampledStream stream = streams.get(sample.streamId());
            Refusal.Reason reason = refusal(offered.get(i), stream);
            if (reason == null) {
                Sample unused = admitted.computeIfAbsent(sample.streamId(), id -> new Admitted(stream, new TreeMap<>()))
                        .samples()
                        .putIfAbsent(sample.at(), sample);
            } else {
                refusals.add(Refusal.of(i, reason));
            }
        }
        return neighbours(transaction, admitted)
                .chain(neighbours -> write(transaction, admitted, neighbours))
                .map(fresh -> new Written(fresh, refusals));
    }

    /** Null where it is admitted. */
    private static Refusal.Reason refusal(Offered offered, SampledStream stream) {
        if (stream == null) {
            return Refusal.Reason.UNKNOWN_STREAM;
        }
        if (offered.ownerId() != null && !offered.ownerId().equals(stream.ownerId())) {
            return Refusal.Reason.OTHERS_STREAM;
        }
        if (offered.sample().at() < stream.beginsAt() - BEFORE_START.toMillis()) {
            return Refusal.Reason.BEFORE_START;
        }
        return offered.sample().at() < stream.keptFrom() ? Refusal.Reason.TOO_OLD : null;
    }

    /** Streams whose samples all come after the newest have none around them but that. */
    private Uni<Map<UUID, List<Known>>> neighbours(Transaction transaction, Map<UUID, Admitted> admitted) {
        List<Run> runs = new ArrayList<>();
        admitted.forEach((streamId, each) -> {
            if (!each.isInOrder()) {
                addRuns(streamId, each.samples(), runs);
            }
        });
        return runs.isEmpty() ? Uni.createFrom().item(Map.of()) : store.neighbours(transaction, runs, silence);
    }

    private static void addRuns(UUID streamId, SortedMap<Long, Sample> samples, List<Run> runs) {
        long first = samples.firstKey();
        long last = first;
        for (long at : samples.keySet()) {
            if (at - last > CLOSE) {
                runs.add(new Run(streamId, first, last));
                first = at;
            }
            last = at;
        }
        runs.add(new Run(streamId, first, last));
    }

    private Uni<Map<UUID, List<Sample>>> write(
            Transaction transaction, Map<UUID, Admitted> admitted, Map<UUID, List<Known>> neighbours) {
        SumChanges changes = new SumChanges(silence);
        Map<UUID, List<Sample>> fresh = new LinkedHashMap<>();
        admitted.forEach((streamId, each) -> {
            List<Known> known = known(each.stream().newest(), neighbours.getOrDefault(streamId, List.of()));
            known.forEach(one -> each.samples().remove(one.at()));
            List<Sample> samples = List.copyOf(each.samples().values());
            if (!samples.isEmpty()) {
                changes.add(streamId, samples, known, each.stream().endedAt());
                fresh.put(streamId, samples);
            }
        });
        return fresh.isEmpty()
                ? Uni.createFrom().item(fresh)
                : write(transaction, fresh, changes).replaceWith(fresh);
    }

    /** In order of time, each once, last the newest. */
    private static List<Known> known(Known newest, List<Known> neighbours) {
        if (newest == null) {
            return List.of();
        }
        if (neighbours.isEmpty()) {
            return List.of(newest);
        }
        List<Known> all = new ArrayList<>(neighbours);
        all.add(newest);
        return all.stream()
                .distinct()
                .sorted(Comparator.comparingLong(Known::at))
                .toList();
    }

    private Uni<Void> write(Transaction transaction, Map<UUID, List<Sample>> fresh, SumChanges changes) {
        List<Sample> samples = fresh.values().stream().flatMap(List::stream).toList();
        List<Sample> newest =
                fresh.values().stream().map(each -> each.get(each.size() - 1)).toList();
        return store.write(transaction, samples, changes, newest);
    }
}
