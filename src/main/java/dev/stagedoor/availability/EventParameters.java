package dev.stagedoor.availability;

import dev.stagedoor.availability.BestTimes.Wanted;
import dev.stagedoor.availability.SeenEvent.Question;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Who reads an event, and what they want to see of it. */
public class EventParameters {

    private static final int SHOWN = 10;

    @RestHeader(Viewers.SESSION_KEY)
    String sessionKey;

    @RestHeader(Viewers.ORGANIZER_KEY)
    String organizerKey;

    @RestQuery
    @Parameter(description = "IANA; in which times are written")
    String tz;

    @RestQuery
    @DefaultValue("1")
    @Min(1)
    @Max(288)
    @Parameter(description = "How long the best times are, in slots")
    int length;

    @RestQuery
    @DefaultValue("1")
    @Min(1)
    @Max(500)
    @Parameter(description = "How many can at the best times, at least")
    int people;

    @RestQuery
    @Size(max = 20)
    @Parameter(description = "Who can at the best times, by ids")
    List<@NotNull UUID> required;

    @RestQuery
    @Parameter(
            description = "Hours in which the best times are, by the clocks of everyone who can",
            example = "09:00-17:00")
    String hours;

    /** Fails with 400 for what are no hours, or no zone. */
    Question question() {
        ZoneId zone = RequestedSettings.zone("tz", tz);
        WorkingHours within = WorkingHours.parse("hours", hours);
        Wanted wanted = new Wanted(length, people, SHOWN);
        Set<UUID> among = Set.copyOf(required);
        return new Question(zone, wanted, among, within);
    }
}
