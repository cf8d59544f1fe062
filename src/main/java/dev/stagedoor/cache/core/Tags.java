package dev.stagedoor.cache.core;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an entry depends on, or a write has changed: names such as {@code user:{id}} that features agree on. Of names that
 * only the loaded value tells there may be hundreds; they are kept as slots alone.
 */
public final class Tags {

    public static final Tags NONE = of(List.of());

    private final List<String> names;
    private final int[] slots;

    private Tags(List<String> names, IntStream slots) {
        this.names = names;
        this.slots = slots.distinct().toArray();
    }

    public static Tags of(String... names) {
        return of(Arrays.asList(names));
    }

    public static Tags of(Collection<String> names) {
        return new Tags(List.copyOf(names), slots(names));
    }

    /** As another node has stored them. */
    public static Tags restored(List<String> names, int[] slots) {
        return new Tags(List.copyOf(names), Arrays.stream(slots));
    }

    private static IntStream slots(Collection<String> names) {
        return names.stream().mapToInt(Fence::slot);
    }

    /** These, and the slots of more. */
    public Tags and(Collection<String> more) {
        return new Tags(names, IntStream.concat(Arrays.stream(slots), slots(more)));
    }

    public List<String> names() {
        return names;
    }

    /** See {@link Fence}; the caller leaves the array as it is. */
    public int[] slots() {
        return slots;
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
