package dev.stagedoor.realtime.pusher.api;

import dev.stagedoor.realtime.pusher.ChannelKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the HTTP API tells of a channel where it is asked for. */
enum ChannelInfo {
    USER_COUNT,
    SUBSCRIPTION_COUNT,
    CACHE;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether channels of this kind have it. */
    boolean isOf(ChannelKind kind) {
        return switch (this) {
            case USER_COUNT -> kind.isPresence();
            case SUBSCRIPTION_COUNT -> true;
            case CACHE -> kind.isCached();
        };
    }

    /**
     * The attributes of a list with commas; what is none of them counts as not asked for.
     *
     * @param list null for none
     */
    static Set<ChannelInfo> of(String list) {
        Set<ChannelInfo> infos = EnumSet.noneOf(ChannelInfo.class);
        if (list != null) {
            List<String> names =
                    Arrays.stream(list.split(",")).map(String::strip).toList();
            Arrays.stream(values())
                    .filter(info -> names.contains(info.wireName()))
                    .forEach(infos::add);
        }
        return infos;
    }
}
