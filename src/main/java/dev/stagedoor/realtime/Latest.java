package dev.stagedoor.realtime;

import java.time.Duration;

/**
 * The last publication of a topic.
 *
 * @param rest how long it still counts
 */
public record Latest(Publication publication, Duration rest) {

    /** How long the last publication counts; so long events of cache channels are kept. */
    static final Duration RETENTION = Duration.ofMinutes(30);
}
