package dev.stagedoor.chat.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import org.junit.jupiter.api.Test;

@StagedoorTest
class StreamChatPlansTest {

    private static final String ID = "'00000000-0000-0000-0000-000000000001'";

    @Test
    void theChatOfAStreamIsFoundByItsKey() {
        assertThat(Plans.of(StreamChatStore.FIND, ID + ", " + ID))
                .contains("using live_stream_pk", "using channel_stream_key")
                .doesNotContain("Seq Scan");
    }

    @Test
    void whoEntersIsFoundByKeys() {
        assertThat(Plans.of(StreamChatStore.ENTER, ID + ", " + ID + ", now(), " + ID))
                .contains("using channel_stream_key", "using app_user_pk", "using stream_participant_user_key")
                .doesNotContain("Seq Scan");
    }
}
