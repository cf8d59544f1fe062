package dev.stagedoor.creator;

import java.time.DayOfWeek;

/** Hours of each day of this name. */
public record WeeklyHours(DayOfWeek day, Hours hours) {}
