package dev.stagedoor.chat.archive;

import dev.stagedoor.chat.archive.ArchiveReader.Batch;
import dev.stagedoor.platform.archive.Rejection;
import dev.stagedoor.platform.http.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Counts what an import does and says so every second. Used by one import, one step at a time. */
final class ImportProgress {

    private static final Logger LOG = Logger.getLogger("dev.stagedoor.import");

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** As many as a person would read; the count has the rest. */
    private static final int MAX_REJECTIONS_LISTED = 100;

    private final String name;
    private final Clock clock;
    private final Instant startedAt;
    private final List<Rejection> rejections = new ArrayList<>();
    private Instant reportedAt;
    private long records;
    private long staged;
    private long messages;
    private long rejected;
    private long channels;
    private long users;

    ImportProgress(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.reportedAt = startedAt;
    }

    void read(Batch batch, int fresh) {
        records += batch.size();
        staged += fresh;
        rejected += batch.rejections().size();
        for (Rejection rejection : batch.rejections()) {
            if (rejections.size() < MAX_REJECTIONS_LISTED) {
                rejections.add(rejection);
                LOG.warnf("%s, line %d: %s", name, rejection.line(), rejection.reason());
            }
        }
        say("%s: read %d records", records);
    }

    /** An input without a single message is a mistake, not an archive. */
    void requireSomething() {
        if (staged == 0) {
            String reason = rejections.isEmpty()
                    ? "is empty"
                    : "holds no message; line " + rejections.get(0).line() + " "
                            + rejections.get(0).reason();
            throw ApiException.invalid("body", reason);
        }
    }

    void usersAdded(int added) {
        users = added;
    }

    void channelsAdded(int added) {
        channels = added;
    }

    void messagesAdded(long added) {
        messages += added;
        say("%s: stored %d messages", messages);
    }

    private void say(String format, long count) {
        Instant now = clock.instant();
        if (Duration.between(reportedAt, now).compareTo(INTERVAL) >= 0) {
            reportedAt = now;
            LOG.infof(format, name, count);
        }
    }

    ArchiveReport report() {
        Duration duration = Duration.between(startedAt, clock.instant());
        long perSecond = messages * 1000 / Math.max(1, duration.toMillis());
        LOG.infof(
                "%s: %d messages, %d users and %d channels are new; %d records rejected; %d ms, %d messages/s",
                name, messages, users, channels, rejected, duration.toMillis(), perSecond);
        return new ArchiveReport(
                records, messages, records - rejected - messages, channels, users, rejected, List.copyOf(rejections));
    }
}
