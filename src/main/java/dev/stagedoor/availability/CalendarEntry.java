package dev.stagedoor.availability;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What a calendar is told of a group event: it lies in [start, end), to the second. One of whole days takes every day of the
 * zone that it touches. One that is weekly begins each week when the wall clock of the zone shows the same, without an end; the
 * first of it begins and ends at what that clock shows once.
 * Of two with one uid, a calendar keeps that of the higher sequence, and of the same sequence that of the later stamp.
 */
record CalendarEntry(
        String uid,
        int sequence,
        Instant stamp,
        String title,
        String description,
        ZoneId zone,
        Instant start,
        Instant end,
        boolean isWholeDays,
        boolean isWeekly,
        boolean isCancelled) {}
