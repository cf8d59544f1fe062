package dev.stagedoor.support;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The time zones of the JDK. In tests it lists others, too: ical4j adds its own. */
public final class Zones {

    private Zones() {}

    /** Sorted. */
    public static List<String> names() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(name -> !name.startsWith("ical4j"))
                .sorted()
                .toList();
    }

    /** The first of each that have the same rules, by name. */
    public static List<ZoneId> all() {
        Set<Object> known = new HashSet<>();
        return names().stream()
                .map(ZoneId::of)
                .filter(zone -> known.add(zone.getRules()))
                .toList();
    }

    /** When the clocks of a zone are changed. */
    public static List<Instant> changes(ZoneId zone, Instant from, Instant to) {
        List<Instant> changes = new ArrayList<>();
        ZoneOffsetTransition next = zone.getRules().nextTransition(from);
        while (next != null && next.getInstant().isBefore(to)) {
            changes.add(next.getInstant());
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return changes;
    }
}
