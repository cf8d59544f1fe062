package dev.stagedoor.realtime.sse;

import dev.stagedoor.platform.http.ApiException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names that a client asks for, separated by commas. */
final class ChannelNames {

    private static final String FIELD = "channels";
    private static final int MAX_CHANNELS = 100;

    /** As in the Pusher protocol, but for the comma. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\-=@.;]{1,200}");

    private ChannelNames() {}

    /** The names, each once; fails with 400 for what is none. */
    static List<String> parse(List<String> parameters) {
        if (parameters.stream().allMatch(String::isBlank)) {
            throw ApiException.invalid(FIELD, "must name a channel, or several with commas between");
        }
        List<String> names = parameters.stream()
                .flatMap(parameter -> Stream.of(parameter.split(",", -1)))
                .distinct()
                .toList();
        if (names.size() > MAX_CHANNELS) {
            throw ApiException.invalid(FIELD, "must not name more than " + MAX_CHANNELS + " channels");
        }
        if (!names.stream().allMatch(name -> NAME.matcher(name).matches())) {
            throw ApiException.invalid(FIELD, "has a name that is not 1 to 200 letters, digits, or any of _-=@.;");
        }
        return names;
    }
}
