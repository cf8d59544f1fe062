package dev.stagedoor.availability;

import dev.stagedoor.platform.http.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.BitSet;
import java.util.List;

/**
 * Hours of every day, by the clocks of whoever works.
 *
 * @param fromMinute of the day
 * @param toMinute 1440 for the end of the day
 */
record WorkingHours(int fromMinute, int toMinute) {

    private static final int SEPARATOR = "09:00".length();
    private static final long SECONDS_OF_DAY = 86_400;
    private static final long SECONDS_OF_MINUTE = 60;

    /** As in {@code 09:00-17:00}; null where the text is, fails with 400 for others. */
    static WorkingHours parse(String field, String text) {
        if (text == null) {
            return null;
        }
        if (text.length() != 2 * SEPARATOR + 1 || text.charAt(SEPARATOR) != '-') {
            throw ApiException.invalid(field, "must be hours such as '09:00-17:00'");
        }
        int from = RequestedSettings.minute(field, text.substring(0, SEPARATOR));
        int to = RequestedSettings.minute(field, text.substring(SEPARATOR + 1));
        if (from >= to) {
            throw ApiException.invalid(field, "must end after they begin");
        }
        return new WorkingHours(from, to);
    }

    /** Which slots lie within the hours of a zone. Offsets are looked up once for all slots between two changes of them. */
    BitSet within(List<Slot> slots, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        BitSet within = new BitSet(slots.size());
        Instant changes = Instant.MIN;
        ZoneOffset offset = ZoneOffset.UTC;
        for (int i = 0; i < slots.size(); i++) {
            Instant start = slots.get(i).start();
            if (!start.isBefore(changes)) {
                offset = rules.getOffset(start);
                ZoneOffsetTransition next = rules.nextTransition(start);
                changes = next == null ? Instant.MAX : next.getInstant();
            }
            within.set(i, holds(slots.get(i), offset));
        }
        return within;
    }

    private boolean holds(Slot slot, ZoneOffset offset) {
        long second = Math.floorMod(slot.start().getEpochSecond() + offset.getTotalSeconds(), SECONDS_OF_DAY);
        long seconds = Duration.between(slot.start(), slot.end()).toSeconds();
        return second >= fromMinute * SECONDS_OF_MINUTE && second + seconds <= toMinute * SECONDS_OF_MINUTE;
    }

    String text() {
        return SlotForm.clock(fromMinute) + "-" + SlotForm.clock(toMinute);
    }
}
