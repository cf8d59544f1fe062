package dev.stagedoor.platform.http;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The time that a query asks for. No record: of those, each parameter would be twice in the OpenAPI document. */
public class TimeParameters {

    @RestQuery
    @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    String from;

    @RestQuery
    @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    String to;

    /** Fails with 400 for what is no time. */
    public AskedTime time() {
        return AskedTime.parse(from, to);
    }
}
