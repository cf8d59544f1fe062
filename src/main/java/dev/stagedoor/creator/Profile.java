package dev.stagedoor.creator;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.LanguageTag;
import java.time.ZoneId;
import java.util.List;

/**
 * What a creator says of themselves, once all of it fits together.
 *
 * @param pricePerMinuteTokens null where the price is that of a session
 */
record Profile(
        String headline,
        String bio,
        List<String> categories,
        List<String> languages,
        long priceTokens,
        Long pricePerMinuteTokens,
        int sessionMinutes,
        Schedule schedule) {

    static final long MAX_PRICE = 1_000_000_000;

    /** Fails with 400 where something is by itself what it may be, but not together with the rest. */
    static Profile of(PutCreatorRequest request) {
        return new Profile(
                request.headline(),
                request.bio(),
                request.categories().stream().distinct().toList(),
                request.languages().stream()
                        .map(LanguageTag.Validator::canonical)
                        .distinct()
                        .toList(),
                priceOfSession(request),
                request.pricePerMinuteTokens(),
                request.sessionMinutes(),
                new Schedule(
                        zone(request.timeZone()),
                        RequestedHours.weekly(request.weeklyHours()),
                        RequestedHours.exceptions(request.exceptions())));
    }

    private static long priceOfSession(PutCreatorRequest request) {
        if ((request.priceTokens() == null) == (request.pricePerMinuteTokens() == null)) {
            throw ApiException.invalid("priceTokens", "or pricePerMinuteTokens must be there, and not both");
        }
        if (request.priceTokens() != null) {
            return request.priceTokens();
        }
        long price = request.pricePerMinuteTokens() * request.sessionMinutes();
        if (price > MAX_PRICE) {
            throw ApiException.invalid("pricePerMinuteTokens", "must not make a session cost more than " + MAX_PRICE);
        }
        return price;
    }

    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw ApiException.invalid("timeZone", "must be an IANA time zone, such as 'Europe/London'");
        }
        return ZoneId.of(name);
    }
}
