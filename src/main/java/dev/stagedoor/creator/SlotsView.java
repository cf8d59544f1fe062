package dev.stagedoor.creator;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Slots of one creator, the earliest first. */
@RegisterForReflection
@Schema(name = "Slots")
public record SlotsView(@Schema(required = true) List<Slot> data) {

    public SlotsView {
        data = List.copyOf(data);
    }
}
