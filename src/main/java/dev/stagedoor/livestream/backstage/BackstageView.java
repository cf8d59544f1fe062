package dev.stagedoor.livestream.backstage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.stagedoor.livestream.LiveStreamView;
import dev.stagedoor.livestream.PersonView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The page behind the stage. A part is absent where others were asked for; those that are there come in this order.
 *
 * @param me the caller
 * @param participants in the order in which they were invited
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"me", "stream", "participants"})
@Schema(name = "Backstage")
public record BackstageView(PersonView me, LiveStreamView stream, List<ParticipantView> participants) {}
