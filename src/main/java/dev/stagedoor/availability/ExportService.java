package dev.stagedoor.availability;

import dev.stagedoor.availability.BestTimes.Wanted;
import dev.stagedoor.availability.GroupEvent.FinalTime;
import dev.stagedoor.availability.SeenEvent.Question;
import dev.stagedoor.platform.context.Workers;
import dev.stagedoor.platform.http.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Gives events to other programs: to calendars when they will be, to spreadsheets what was answered. */
@ApplicationScoped
class ExportService {

    private static final Wanted NOTHING = new Wanted(1, 1, 0);

    private final GroupEventService service;
    private final Workers workers;

    ExportService(GroupEventService service, Workers workers) {
        this.service = service;
        this.workers = workers;
    }

    /** iCalendar (RFC 5545); fails with 409 where it was never decided when it will be. */
    Uni<String> calendar(String token) {
        return service.find(token).chain(event -> workers.run(() -> CalendarFile.of(entry(event))));
    }

    /** The id names an event to calendars, its version what they know of it. One that was reopened is cancelled. */
    private static CalendarEntry entry(GroupEvent event) {
        FinalTime time = event.finalTime();
        if (time == null) {
            throw ApiException.conflict("event-not-finalized", "It is not decided when it will be");
        }
        EventTime asked = event.settings().time();
        Slot decided = event.finalMoments();
        Slot moments = asked.isOfAnyWeek() ? asked.firstSince(decided, event.changedAt()) : decided;
        return new CalendarEntry(
                event.id() + "@stagedoor",
                event.version(),
                event.changedAt(),
                event.settings().title(),
                event.settings().description(),
                asked.zone(),
                moments.start(),
                moments.end(),
                asked.isOfWholeDays(),
                asked.isOfAnyWeek(),
                time.isCancelled());
    }

    /** What was answered; fails with 403 for who may not know. */
    Uni<EventExportView> answers(String token, Viewer viewer) {
        return service.find(token).chain(event -> workers.run(() -> answers(event, viewer)));
    }

    /** As {@link #answers(String, Viewer)}, for spreadsheets. */
    Uni<String> csv(String token, Viewer viewer) {
        return service.find(token).chain(event -> workers.run(() -> AnswersCsv.of(answers(event, viewer))));
    }

    private static EventExportView answers(GroupEvent event, Viewer viewer) {
        Question question = new Question(event.settings().time().zone(), NOTHING, Set.of(), null);
        Sight sight = viewer.role(event).sight();
        if (!sight.showsAnswers(event.settings())) {
            throw ApiException.forbidden("Only who has answered sees what others have");
        }
        return new SeenEvent(event, sight, question).export();
    }
}
