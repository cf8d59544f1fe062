package dev.stagedoor.analytics.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.stagedoor.analytics.Sample;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A sample as clients send it, which {@link SampleForm} reads, and get it back. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Sample")
public record SampleView(
        @Schema(required = true) UUID streamId,

        @Schema(required = true, description = "To the millisecond; a stream has one sample of each")
        Instant timestamp,

        @Schema(required = true, minimum = "0", maximum = "100000000", examples = "1250")
        int viewerCount,

        @Schema(required = true, minimum = "0", description = "Messages since the sample before", examples = "14")
        int chatActivity,

        @Schema(minimum = "0", examples = "4500") Integer bitrateKbps,
        @Schema(minimum = "0", examples = "0") Integer droppedFrames,

        @JsonRawValue @Schema(description = "Viewers by ISO 3166-1 alpha-2 code", implementation = Counts.class)
        String country,

        @JsonRawValue @Schema(description = "Viewers by kind of device", implementation = Counts.class)
        String device) {

    /** Only says in the API's description what the raw values are. */
    @Schema(name = "Counts", type = SchemaType.OBJECT, additionalProperties = Integer.class)
    interface Counts {}

    public static SampleView of(Sample sample) {
        return new SampleView(
                sample.streamId(),
                Instant.ofEpochMilli(sample.at()),
                sample.viewerCount(),
                sample.chatActivity(),
                sample.bitrateKbps(),
                sample.droppedFrames(),
                sample.countries(),
                sample.devices());
    }
}
