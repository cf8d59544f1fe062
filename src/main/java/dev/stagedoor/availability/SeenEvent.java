package dev.stagedoor.availability;

import dev.stagedoor.availability.BestTimes.Answer;
import dev.stagedoor.availability.BestTimes.Wanted;
import dev.stagedoor.availability.EventExportView.ExportedParticipant;
import dev.stagedoor.availability.GroupEvent.FinalTime;
import dev.stagedoor.availability.GroupEvent.Participant;
import dev.stagedoor.availability.GroupEventView.BestTimeView;
import dev.stagedoor.availability.GroupEventView.ParticipantView;
import dev.stagedoor.availability.GroupEventView.TimeView;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Shows an event to all who see as much of it. */
final class SeenEvent {

    private final GroupEvent event;
    private final boolean showsAnswers;
    private final boolean showsNames;
    private final Question question;
    private final List<Slot> slots;
    private final SlotForm form;
    private final Map<String, BitSet> hoursByZone = new HashMap<>();

    SeenEvent(GroupEvent event, Sight sight, Question question) {
        this.event = event;
        this.showsAnswers = sight.showsAnswers(event.settings());
        this.showsNames = sight.showsNames(event.settings());
        this.question = question;
        this.slots = event.settings().time().slots();
        this.form = new SlotForm(event.settings().time(), slots, question.zone());
    }

    /**
     * What someone wants to see.
     *
     * @param zone in which times are written, whatever they are; null for UTC
     * @param required without whom no time is one of the best
     * @param hours in which the best times are, by the clocks of each who can; null for all
     */
    record Question(ZoneId zone, Wanted wanted, Set<UUID> required, WorkingHours hours) {

        String text() {
            return Stream.of(
                            zone,
                            wanted.slots(),
                            wanted.people(),
                            wanted.limit(),
                            required.stream().sorted().toList(),
                            hours == null ? "" : hours.text())
                    .map(String::valueOf)
                    .map(part -> part.replace(" ", ""))
                    .collect(Collectors.joining(","));
        }
    }

    /** Without the answer of who asks. */
    GroupEventView view() {
        return new GroupEventView(
                event.token(),
                EventSettingsView.of(event),
                form.all(),
                participants().map(this::participant).toList(),
                showsAnswers ? count(participants().map(this::yes)) : null,
                showsAnswers ? count(participants().map(this::ifNeeded)) : null,
                showsAnswers ? best() : null,
                finalTime(),
                event.createdAt(),
                event.version(),
                null);
    }

    /** With all answers, whoever asks. */
    EventExportView export() {
        return new EventExportView(
                EventSettingsView.of(event),
                finalTime(),
                form.all(),
                participants().map(this::exported).toList());
    }

    private ExportedParticipant exported(Participant participant) {
        return new ExportedParticipant(
                participant.id(),
                name(participant),
                timeZone(participant),
                Positions.encode(yes(participant)),
                Positions.encode(ifNeeded(participant)),
                participant.answeredAt());
    }

    /** What of it is decided; null where that is nothing. */
    private TimeView finalTime() {
        FinalTime time = event.finalTime();
        return event.isFinalized() ? form.time(time.first(), time.slots()) : null;
    }

    private String name(Participant participant) {
        return showsNames ? participant.name() : null;
    }

    /** Where names are hidden, it would tell who is who. */
    private String timeZone(Participant participant) {
        return showsNames ? participant.timeZone() : null;
    }

    private Stream<Participant> participants() {
        return event.participants().stream();
    }

    private BitSet yes(Participant participant) {
        return Positions.decode(participant.yes(), slots.size());
    }

    private BitSet ifNeeded(Participant participant) {
        return Positions.decode(participant.ifNeeded(), slots.size());
    }

    private ParticipantView participant(Participant participant) {
        return new ParticipantView(
                participant.id(),
                name(participant),
                timeZone(participant),
                participant.hasAnswered(),
                showsAnswers ? Positions.encode(yes(participant)) : null,
                showsAnswers ? Positions.encode(ifNeeded(participant)) : null);
    }

    private List<Integer> count(Stream<BitSet> answers) {
        int[] counts = new int[slots.size()];
        answers.forEach(answer -> answer.stream().forEach(slot -> counts[slot]++));
        return IntStream.of(counts).boxed().toList();
    }

    /** None where someone who is required takes no part. */
    private List<BestTimeView> best() {
        Set<UUID> present = participants().map(Participant::id).collect(Collectors.toSet());
        if (!present.containsAll(question.required())) {
            return List.of();
        }
        List<Answer> answers = participants().map(this::answer).toList();
        return new BestTimes(slots)
                .find(answers, question.wanted()).stream()
                        .map(time ->
                                new BestTimeView(form.time(time.first(), time.slots()), time.yes(), time.ifNeeded()))
                        .toList();
    }

    private Answer answer(Participant participant) {
        BitSet yes = yes(participant);
        BitSet ifNeeded = ifNeeded(participant);
        if (question.hours() != null && !event.settings().time().isOfWholeDays()) {
            BitSet hours = hours(participant);
            yes.and(hours);
            ifNeeded.and(hours);
        }
        return new Answer(yes, ifNeeded, question.required().contains(participant.id()));
    }

    /** Times of any week are not compared between clocks. */
    private BitSet hours(Participant participant) {
        EventTime time = event.settings().time();
        boolean hasOwnClock = participant.timeZone() != null && !time.isOfAnyWeek();
        ZoneId zone = hasOwnClock ? ZoneId.of(participant.timeZone()) : time.clock();
        return hoursByZone.computeIfAbsent(
                zone.getId(), unused -> question.hours().within(slots, zone));
    }
}
