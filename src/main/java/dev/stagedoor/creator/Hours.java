package dev.stagedoor.creator;

/** Hours of a day by the clock on the wall, in minutes since its 00:00; 1440 is its end. */
public record Hours(int fromMinute, int toMinute) {

    static final int DAY = 1440;

    public Hours {
        if (fromMinute < 0 || toMinute <= fromMinute || toMinute > DAY) {
            throw new IllegalArgumentException("No hours of a day: " + fromMinute + " to " + toMinute);
        }
    }

    boolean overlaps(Hours other) {
        return fromMinute < other.toMinute && other.fromMinute < toMinute;
    }

    /** In the form that requests and answers have; the end of the day is 24:00. */
    static String clock(int minute) {
        return twoDigits(minute / 60) + ":" + twoDigits(minute % 60);
    }

    /** Faster than a format: a page of a list has hundreds of times. */
    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    /** What {@link #clock} was made of. */
    static int minute(String clock) {
        return 60 * Integer.parseInt(clock.substring(0, 2)) + Integer.parseInt(clock.substring(3));
    }
}
