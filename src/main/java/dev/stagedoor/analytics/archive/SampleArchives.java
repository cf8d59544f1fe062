package dev.stagedoor.analytics.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagedoor.analytics.archive.SampleRecords.Read;
import dev.stagedoor.analytics.ingest.SampleWriter;
import dev.stagedoor.analytics.ingest.SampleWriter.Offered;
import dev.stagedoor.analytics.ingest.SampleWriter.Written;
import dev.stagedoor.platform.archive.ArchiveImporter;
import dev.stagedoor.platform.archive.Rejection;
import dev.stagedoor.platform.context.Workers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Loads samples from CSV, some thousands in a transaction. */
@ApplicationScoped
class SampleArchives implements ArchiveImporter {

    private static final int AT_ONCE = 5_000;

    private final SampleWriter writer;
    private final ObjectMapper mapper;
    private final Workers workers;
    private final Clock clock;

    SampleArchives(SampleWriter writer, ObjectMapper mapper, Workers workers, Clock clock) {
        this.writer = writer;
        this.mapper = mapper;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public boolean takes(String fileName) {
        return fileName.endsWith(".csv");
    }

    @Override
    public Uni<Void> load(String name, InputStream input) {
        SampleImportProgress progress = new SampleImportProgress(name, clock);
        return workers.run(() -> new SampleRecords(input, mapper))
                .chain(records -> loadAll(records, progress))
                .invoke(progress::end);
    }

    private Uni<Void> loadAll(SampleRecords records, SampleImportProgress progress) {
        return Multi.createBy()
                .repeating()
                .uni(() -> loadNext(records, progress))
                .whilst(count -> count > 0)
                .onItem()
                .ignoreAsUni();
    }

    /** Emits how many records were read: 0 at the end. */
    private Uni<Integer> loadNext(SampleRecords records, SampleImportProgress progress) {
        return workers.run(() -> records.next(AT_ONCE, clock.millis()))
                .call(read -> write(read, progress))
                .map(Read::size);
    }

    private Uni<Void> write(Read read, SampleImportProgress progress) {
        if (read.samples().isEmpty()) {
            progress.read(read.size(), 0, read.rejections());
            return Uni.createFrom().voidItem();
        }
        List<Offered> offered =
                read.samples().stream().map(sample -> new Offered(sample, null)).toList();
        return writer.write(offered)
                .invoke(written -> progress.read(read.size(), written.freshCount(), rejections(read, written)))
                .replaceWithVoid();
    }

    private static List<Rejection> rejections(Read read, Written written) {
        return Stream.concat(
                        read.rejections().stream(),
                        written.refusals().stream()
                                .map(refusal -> new Rejection(read.lines().get(refusal.index()), refusal.detail())))
                .toList();
    }
}
