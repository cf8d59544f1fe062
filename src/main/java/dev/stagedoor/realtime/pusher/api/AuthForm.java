package dev.stagedoor.realtime.pusher.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** What clients send to be authorized, as it is documented; {@link AuthRequest} reads it. */
@Schema(name = "PusherAuth")
record AuthForm(
        @JsonProperty("socket_id") @Schema(required = true, examples = "123.456")
        String socketId,

        @JsonProperty("channel_name") @Schema(examples = "private-room")
        String channelName) {

    /** No cache may keep it. */
    static RestResponse<Map<String, String>> answer(Map<String, String> authorization) {
        return RestResponse.ResponseBuilder.ok(authorization)
                .header("Cache-Control", "no-store")
                .build();
    }
}
