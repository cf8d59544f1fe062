package dev.stagedoor.bench;

import java.io.IOException;
import java.time.Duration;

/** What keeps a server busy. */
interface Load {

    /** What came of a round; {@code p99Millis} is NaN where one thing done has no duration of its own. */
    record Round(long requests, double perSecond, double p99Millis) {}

    /** Of the server. */
    int port();

    Round run(Duration duration) throws IOException;
}
