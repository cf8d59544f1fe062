package dev.stagedoor.availability;

import dev.stagedoor.availability.GroupEvent.Participant;
import dev.stagedoor.platform.http.ApiException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who asks, by what they hold; each may be null.
 *
 * @param sessionKeyHash of the key that someone got for taking part
 * @param organizerKeyHash of the key that who made the event got
 * @param userId who is signed in
 */
record Viewer(String sessionKeyHash, String organizerKeyHash, UUID userId) {

    static Viewer of(String sessionKey, String organizerKey, UUID userId) {
        return new Viewer(hash(sessionKey), hash(organizerKey), userId);
    }

    private static String hash(String key) {
        return key == null ? null : Keys.hash(key);
    }

    boolean isOrganizer(GroupEvent event) {
        return Keys.areEqual(event.organizerKeyHash(), organizerKeyHash)
                || (userId != null && userId.equals(event.ownerId()));
    }

    /** Fails with 403 for others. */
    void requireOrganizer(GroupEvent event) {
        if (!isOrganizer(event)) {
            throw ApiException.forbidden("Only the organizer does this, by the key they got");
        }
    }

    /** Fails with 403 unless they say when an event will be. */
    void requireFinalizer(GroupEvent event) {
        boolean isAmongThem =
                event.settings().participantsFinalize() && role(event).participantId() != null;
        if (!isAmongThem) {
            requireOrganizer(event);
        }
    }

    /** Whether there is anything that could prove a role. */
    boolean isAnonymous() {
        return sessionKeyHash == null && organizerKeyHash == null && userId == null;
    }

    /** What they are to the event; a key counts before the name. */
    Role role(GroupEvent event) {
        Optional<Participant> self = Stream.<Predicate<Participant>>of(this::holdsKeyOf, this::isUser)
                .flatMap(test -> event.participants().stream().filter(test))
                .findFirst();
        boolean hasAnswered = self.filter(Participant::hasAnswered).isPresent();
        return new Role(
                self.map(Participant::id).orElse(null), Sight.of(event.settings(), isOrganizer(event), hasAnswered));
    }

    boolean is(Participant participant) {
        return holdsKeyOf(participant) || isUser(participant);
    }

    private boolean holdsKeyOf(Participant participant) {
        return Keys.areEqual(participant.sessionKeyHash(), sessionKeyHash);
    }

    boolean isUser(Participant participant) {
        return userId != null && userId.equals(participant.userId());
    }

    /** Tells viewers apart. */
    String text() {
        return sessionKeyHash + "," + organizerKeyHash + "," + userId;
    }
}
