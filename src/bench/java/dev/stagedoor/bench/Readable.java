package dev.stagedoor.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** What is told by a selector that its channel has something to read. */
interface Readable {

    void read() throws IOException;

    /** Waits for any that are registered as attachments, and tells each. */
    static void select(Selector selector, long timeoutMillis) throws IOException {
        if (timeoutMillis <= 0) {
            selector.selectNow(Readable::tell);
        } else {
            selector.select(Readable::tell, timeoutMillis);
        }
    }

    private static void tell(SelectionKey key) {
        try {
            ((Readable) key.attachment()).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
