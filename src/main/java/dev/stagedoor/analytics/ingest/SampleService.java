package dev.stagedoor.analytics.ingest;

import dev.stagedoor.analytics.AnalyticsConfig;
import dev.stagedoor.analytics.Sample;
import dev.stagedoor.analytics.ingest.SampleReader.Batch;
import dev.stagedoor.analytics.ingest.SampleWriter.Offered;
import dev.stagedoor.analytics.ingest.SampleWriter.Written;
import dev.stagedoor.analytics.push.SamplePushes;
import dev.stagedoor.platform.context.GroupCommit;
import dev.stagedoor.platform.db.DatabaseFailures;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Problem.FieldError;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** Stores batches of samples; those that come at the same time, together. */
@ApplicationScoped
class SampleService {

    /** Transactions at once; who writes to the same stream shares one. */
    private static final int LANES = 4;

    /** Samples of one transaction: what they change is reckoned on the event loop, in some milliseconds. */
    private static final int TOGETHER = 5_000;

    /** Of splits of viewers: as many take as much memory as a sample without any. */
    private static final int CHARACTERS_PER_SAMPLE = 200;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final SampleWriter writer;
    private final SamplePushes pushes;
    private final SampleMeters meters;
    private final GroupCommit<List<Offered>, List<Refusal>> commits;

    SampleService(SampleWriter writer, SamplePushes pushes, SampleMeters meters, AnalyticsConfig config, Vertx vertx) {
        this.writer = writer;
        this.pushes = pushes;
        this.meters = meters;
        this.commits = new GroupCommit<>(
                vertx,
                new GroupCommit.Limits(LANES, TOGETHER, config.maxWaitingSamples()),
                DatabaseFailures::isUnavailable,
                this::storeTogether);
    }

    /**
     * Stores what can be of a batch. Emits once it is committed; fails with 400 where nothing can be, and with 503 where too
     * much waits already.
     *
     * @param ownerId who the streams must be of; null for anybody
     */
    Uni<IngestSamplesResponse> ingest(Batch batch, UUID ownerId) {
        meters.refused(batch.refusals().size());
        List<Part> parts = parts(batch, ownerId);
        return commits.submit(parts.stream().map(SampleService::work).toList())
                .onFailure(RejectedExecutionException.class)
                .transform(full -> ApiException.unavailable("Too many samples wait to be stored", RETRY_AFTER))
                .map(refusals -> response(batch, parts, refusals));
    }

    /** What of a batch goes in one lane, and the place of each sample in the batch. */
    private record Part(int lane, List<Offered> samples, List<Integer> indexes) {

        private Part(int lane) {
            this(lane, new ArrayList<>(), new ArrayList<>());
        }

        private Stream<Refusal> inBatch(List<Refusal> refusals) {
            return refusals.stream().map(refusal -> refusal.at(indexes.get(refusal.index())));
        }
    }

    private static List<Part> parts(Batch batch, UUID ownerId) {
        Map<Integer, Part> parts = new HashMap<>();
        for (int i = 0; i < batch.samples().size(); i++) {
            Sample sample = batch.samples().get(i);
            Part part = parts.computeIfAbsent(SampleStore.slot(sample.streamId()) % LANES, Part::new);
            part.samples().add(new Offered(sample, ownerId));
            part.indexes().add(batch.indexes().get(i));
        }
        return List.copyOf(parts.values());
    }

    private static GroupCommit.Part<List<Offered>> work(Part part) {
        return new GroupCommit.Part<>(part.lane(), part.samples(), weight(part.samples()));
    }

    /** In samples without splits of viewers, which may take much more. */
    private static int weight(List<Offered> samples) {
        return samples.stream()
                .map(Offered::sample)
                .mapToInt(sample -> 1 + (length(sample.countries()) + length(sample.devices())) / CHARACTERS_PER_SAMPLE)
                .sum();
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    private static IngestSamplesResponse response(Batch batch, List<Part> parts, List<List<Refusal>> ofParts) {
        List<Refusal> refusals = new ArrayList<>(batch.refusals());
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).inBatch(ofParts.get(i)).forEach(refusals::add);
        }
        refusals.sort(Comparator.comparingInt(Refusal::index));
        int accepted = batch.size() - refusals.size();
        if (accepted == 0) {
            throw nothingStored(refusals);
        }
        return IngestSamplesResponse.of(accepted, refusals);
    }

    private static ApiException nothingStored(List<Refusal> refusals) {
        return refusals.isEmpty()
                ? ApiException.invalid("the body", "must have at least one sample")
                : ApiException.invalid(refusals.stream()
                        .map(refusal -> new FieldError("[" + refusal.index() + "]", refusal.detail()))
                        .toList());
    }

    private Uni<List<List<Refusal>>> storeTogether(List<List<Offered>> batches) {
        return writer.write(batches.stream().flatMap(List::stream).toList())
                .invoke(this::push)
                .map(written -> split(batches, written));
    }

    private void push(Written written) {
        written.fresh()
                .forEach((streamId, samples) ->
                        pushes.stored(streamId, samples, written.advanced().contains(streamId)));
    }

    /** To each batch its own refusals, by their places in it. */
    private static List<List<Refusal>> split(List<List<Offered>> batches, Written written) {
        Iterator<Refusal> refusals = written.refusals().iterator();
        Refusal next = refusals.hasNext() ? refusals.next() : null;
        List<List<Refusal>> split = new ArrayList<>();
        int begin = 0;
        for (List<Offered> batch : batches) {
            List<Refusal> ofBatch = new ArrayList<>();
            while (next != null && next.index() < begin + batch.size()) {
                ofBatch.add(next.at(next.index() - begin));
                next = refusals.hasNext() ? refusals.next() : null;
            }
            split.add(ofBatch);
            begin += batch.size();
        }
        return split;
    }
}
