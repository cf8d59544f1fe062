package dev.stagedoor.analytics.ingest;

import dev.stagedoor.analytics.AnalyticsConfig;
import dev.stagedoor.analytics.Sample;
import dev.stagedoor.analytics.ingest.SampleStore.SampledStream;
import dev.stagedoor.analytics.ingest.SumChanges.Known;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stores samples of any streams in one transaction, each once. */
@ApplicationScoped
public class SampleWriter {

    private static final Duration BEFORE_START = Duration.ofDays(1);

    private final SampleStore store;
    private final Transactions transactions;
    private final SampleMeters meters;
    private final long silence;

    SampleWriter(SampleStore store, Transactions transactions, SampleMeters meters, AnalyticsConfig config) {
        this.store = store;
        this.transactions = transactions;
        this.meters = meters;
        this.silence = config.silence().toMillis();
    }

    /**
     * A sample that someone wants to store.
     *
     * @param ownerId who the stream must be of; null for anybody
     */
    public record Offered(Sample sample, UUID ownerId) {}

    /**
     * What became of samples.
     *
     * @param fresh those that were not there before, by their streams, in order of time
     * @param advanced the streams of which one of them is the newest now
     * @param refusals by the places of the samples
     */
    public record Written(Map<UUID, List<Sample>> fresh, Set<UUID> advanced, List<Refusal> refusals) {

        public int freshCount() {
            return fresh.values().stream().mapToInt(List::size).sum();
        }
    }

    /** What is admitted of one stream, by the times of the samples: of one moment, the first counts. */
    private record Admitted(SampledStream stream, SortedMap<Long, Sample> samples) {

        private boolean isAhead(Sample sample) {
            return stream.newest() == null || sample.at() > stream.newest().at();
        }

        private boolean isInOrder() {
            return isAhead(samples.get(samples.firstKey()));
        }
    }

    /**
     * What is not there yet.
     *
     * @param newest of the streams that have a newer sample than before, that
     */
    private record Fresh(Map<UUID, List<Sample>> byStream, List<Sample> newest, SumChanges changes) {

        private void add(UUID streamId, Admitted admitted, List<Known> known) {
            List<Sample> samples = List.copyOf(admitted.samples().values());
            Sample last = samples.get(samples.size() - 1);
            byStream.put(streamId, samples);
            changes.add(streamId, samples, known, admitted.stream().endedAt());
            if (admitted.isAhead(last)) {
                newest.add(last);
            }
        }

        private Set<UUID> advanced() {
            return newest.stream().map(Sample::streamId).collect(Collectors.toSet());
        }
    }

    /** Writes all that can be; what is there already stays as it is. */
    public Uni<Written> write(List<Offered> offered) {
        List<UUID> streamIds = offered.stream()
                .map(each -> each.sample().streamId())
                .distinct()
                .toList();
        return transactions
                .run(transaction -> store.lock(transaction, streamIds)
                        .chain(() -> store.streams(transaction, streamIds))
                        .chain(streams -> write(transaction, offered, streams)))
                .invoke(written -> meters.written(
                        offered.size(), written.freshCount(), written.refusals().size()));
    }

    private Uni<Written> write(Transaction transaction, List<Offered> offered, Map<UUID, SampledStream> streams) {
        List<Refusal> refusals = new ArrayList<>();
        Map<UUID, Admitted> admitted = admit(offered, streams, refusals);
        return neighbours(transaction, admitted)
                .map(neighbours -> fresh(admitted, neighbours))
                .call(fresh -> write(transaction, fresh))
                .map(fresh -> new Written(fresh.byStream(), fresh.advanced(), refusals));
    }

    /** @param refusals of the others, which are added */
    private Map<UUID, Admitted> admit(List<Offered> offered, Map<UUID, SampledStream> streams, List<Refusal> refusals) {
        Map<UUID, Admitted> admitted = new LinkedHashMap<>();
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
        return admitted;
    }

    /** Null where it is admitted. */
    private Refusal.Reason refusal(Offered offered, SampledStream stream) {
        if (stream == null) {
            return Refusal.Reason.UNKNOWN_STREAM;
        }
        if (offered.ownerId() != null && !offered.ownerId().equals(stream.ownerId())) {
            return Refusal.Reason.OTHERS_STREAM;
        }
        if (offered.sample().at() < stream.beginsAt() - BEFORE_START.toMillis()) {
            return Refusal.Reason.BEFORE_START;
        }
        return isTooOld(offered.sample(), stream) ? Refusal.Reason.TOO_OLD : null;
    }

    /** Also of what is kept, the sample before it may be gone. */
    private boolean isTooOld(Sample sample, SampledStream stream) {
        return stream.keptFrom() > 0 && sample.at() < stream.keptFrom() + silence;
    }

    /** Streams whose samples all come after the newest have none around them but that. */
    private Uni<Map<UUID, List<Known>>> neighbours(Transaction transaction, Map<UUID, Admitted> admitted) {
        List<Sample> outOfOrder = admitted.values().stream()
                .filter(each -> !each.isInOrder())
                .flatMap(each -> each.samples().values().stream())
                .toList();
        return outOfOrder.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : store.neighbours(transaction, outOfOrder, silence);
    }

    private Fresh fresh(Map<UUID, Admitted> admitted, Map<UUID, List<Known>> neighbours) {
        Fresh fresh = new Fresh(new LinkedHashMap<>(), new ArrayList<>(), new SumChanges(silence));
        admitted.forEach((streamId, each) -> {
            List<Known> known = known(each.stream().newest(), neighbours.getOrDefault(streamId, List.of()));
            known.forEach(one -> each.samples().remove(one.at()));
            if (!each.samples().isEmpty()) {
                fresh.add(streamId, each, known);
            }
        });
        return fresh;
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

    private Uni<Void> write(Transaction transaction, Fresh fresh) {
        if (fresh.byStream().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Sample> samples =
                fresh.byStream().values().stream().flatMap(List::stream).toList();
        return store.write(transaction, samples, fresh.changes(), fresh.newest())
                .chain(() -> store.sumUpHours(transaction, fresh.changes().hours()))
                .chain(() -> store.sumUpDays(transaction, fresh.changes().days()));
    }
}
