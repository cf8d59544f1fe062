package dev.stagedoor.analytics.archive;

import dev.stagedoor.platform.archive.Rejection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Counts what an import does and says so every second. Used by one import, one step at a time. */
final class SampleImportProgress {

    private static final Logger LOG = Logger.getLogger("dev.stagedoor.import");

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** As many as a person would read; the count has the rest. */
    private static final int MAX_REJECTIONS_SAID = 100;

    private final String name;
    private final Clock clock;
    private Instant saidAt;
    private long records;
    private long stored;
    private long rejected;

    SampleImportProgress(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
        this.saidAt = clock.instant();
    }

    void read(int count, int fresh, List<Rejection> rejections) {
        rejections.stream()
                .limit(Math.max(0, MAX_REJECTIONS_SAID - rejected))
                .forEach(rejection -> LOG.warnf("%s, line %d: %s", name, rejection.line(), rejection.reason()));
        records += count;
        stored += fresh;
        rejected += rejections.size();
        Instant now = clock.instant();
        if (Duration.between(saidAt, now).compareTo(INTERVAL) >= 0) {
            saidAt = now;
            LOG.infof("%s: read %d samples, stored %d", name, records, stored);
        }
    }

    /** Fails where not one record was any good: that is a mistake, not an archive. */
    void end() {
        LOG.infof(
                "%s: %d samples are new, %d were there, %d are rejected",
                name, stored, records - stored - rejected, rejected);
        if (records == rejected) {
            throw new IllegalArgumentException("holds no sample that can be stored");
        }
    }
}
