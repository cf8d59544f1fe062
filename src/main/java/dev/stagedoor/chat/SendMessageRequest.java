package dev.stagedoor.chat;

import dev.stagedoor.platform.http.PlainText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record SendMessageRequest(
        @Schema(
                nullable = true,
                description = "May be absent where there are attachments",
                examples = "Five minutes to places!")
        @PlainText(min = 0, max = 4096, multiline = true)
        String text,

        @Schema(description = "Sending again under the same id gives the same message back", examples = "c-1")
        @PlainText(max = 64)
        String clientId,

        @Schema(nullable = true, description = "The sequence of a message of the channel", examples = "41") @Min(1)
        Long replyTo,

        @Schema(nullable = true) @Size(max = 10) List<@NotNull @Valid Attachment> attachments) {

    SendMessageRequest {
        text = text == null ? "" : text;
        attachments = attachments == null ? List.of() : List.copyOf(attachments);
    }

    SendMessageRequest withClientId(String id) {
        return new SendMessageRequest(text, id, replyTo, attachments);
    }
}
