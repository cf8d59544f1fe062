package dev.stagedoor.analytics.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagedoor.analytics.Samples;
import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.Chat;
import dev.stagedoor.support.Database;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Streams;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StagedoorTest
class SampleArchivesTest {

    private static final Instant BEGIN = Instant.parse("2026-10-20T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Inject
    SampleArchives archives;

    private Person owner;
    private String stream;

    @BeforeEach
    void makeAStream() {
        owner = Api.signUp();
        stream = Samples.startedAt(owner, BEGIN);
    }

    private void load(String csv) {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        assertThat(archives.load("samples.csv", new ByteArrayInputStream(bytes))
                        .replaceWith(true)
                        .await()
                        .atMost(PATIENCE))
                .isTrue();
    }

    private List<String> stored() {
        return Database.query("SELECT viewer_count || ' ' || coalesce(countries::text, '') FROM livestream_metrics"
                + " WHERE livestream_id = '" + stream + "' ORDER BY timestamp");
    }

    @Test
    void columnsMayComeInAnyOrderAndWhatIsWrongIsLeftOut() {
        load(String.join(
                "\r\n",
                "timestamp,note,viewer_count,chat_activity,stream_id,country",
                "2026-10-20T10:00:00Z,x,10,1," + stream + ",",
                "2026-10-20T10:00:05Z,\"with, a comma\",20,1," + stream + ",\"{\"\"PT\"\": 3}\"",
                "2026-10-20T10:00:10Z,x,-1,1," + stream + ",",
                "2026-10-20T10:00:10Z,x,many,1," + stream + ",",
                "2026-10-20T10:00:10Z,x,1 000,1," + stream + ",",
                "2026-10-20T10:00:10Z,x,1",
                "2026-10-20T10:00:10Z,x,1,1," + Chat.UNKNOWN_ID + ",",
                "2026-10-20T10:00:15Z,x,30,1," + stream + ","));

        assertThat(stored()).containsExactly("10 ", "20 {\"PT\": 3}", "30 ");
    }

    @Test
    void whatWasExportedIsLoadedElsewhereOnce() {
        String csv = IntStream.range(0, 12_000)
                .mapToObj(i -> stream + "," + BEGIN.plusSeconds(i) + "," + i + ",1,,,,")
                .collect(Collectors.joining("\n", CsvForm.HEADER, "\n"));

        load(csv);
        load(csv);

        JsonPath summary = Chat.get(owner, Streams.stream(stream) + "/summary");
        assertThat(summary.getInt("samples")).isEqualTo(12_000);
        assertThat(summary.getInt("peakViewers")).isEqualTo(11_999);
        String exported = owner.request()
                .get(Streams.stream(stream) + "/samples/csv")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(exported).isEqualTo(csv);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b,c", "stream_id,timestamp,viewer_count,chat_activity\nx,y,1,1\n"})
    void aFileWithoutSamplesIsRefused(String csv) {
        assertThatThrownBy(() -> load(csv)).isInstanceOf(IllegalArgumentException.class);
        assertThat(stored()).isEmpty();
    }
}
