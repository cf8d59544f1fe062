package dev.stagedoor.analytics.timeline;

import dev.stagedoor.platform.http.TimeParameters;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The buckets that a query asks for. */
public class BucketParameters extends TimeParameters {

    @RestQuery
    @DefaultValue("hour")
    @Pattern(regexp = "minute|hour|day", message = "must be minute, hour or day")
    @Parameter(
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"minute", "hour", "day"},
                            defaultValue = "hour"))
    String bucket;

    @RestQuery
    @DefaultValue("UTC")
    @Parameter(description = "IANA name of the zone whose days they are", example = "Europe/Lisbon")
    String tz;

    /** Fails with 400 for what is no zone, and no time. */
    Buckets buckets() {
        return Buckets.of(Bucket.of(bucket), tz, time());
    }
}
