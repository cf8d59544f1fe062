package dev.stagedoor.realtime;

import java.util.List;

/** Publications that nobody published. */
public final class Publications {

    private Publications() {}

    public static Publication of(String topic, String name, String data) {
        return new Publication(topic, new Position(1, 1), name, data, null, List.of());
    }
}
