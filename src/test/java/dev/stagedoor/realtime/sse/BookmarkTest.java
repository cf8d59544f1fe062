package dev.stagedoor.realtime.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.realtime.Position;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookmarkTest {

    private static final Position HERE = new Position(1_700_000_000_000L, 7);
    private static final Position THERE = new Position(1_700_000_000_000L, 8);

    @Test
    void ofOneChannelItIsThePosition() {
        assertThat(new Bookmark(List.of("a"), List.of(HERE))).hasToString("1700000000000-7");
        assertThat(Bookmark.parse(List.of("a"), "1700000000000-7")).contains(List.of(HERE));
    }

    @Test
    void ofSeveralChannelsItIsReadAsItWasWritten() {
        List<String> channels = List.of("a", "b", "c");
        Bookmark bookmark = new Bookmark(channels, List.of(HERE, Position.START, HERE));
        bookmark.advance("b", THERE);

        assertThat(Bookmark.parse(channels, bookmark.toString())).contains(List.of(HERE, THERE, HERE));
    }

    @Test
    void aBookmarkOfOtherChannelsIsNone() {
        String bookmark = new Bookmark(List.of("a", "b"), List.of(HERE, THERE)).toString();

        assertThat(Bookmark.parse(List.of("b", "a"), bookmark)).isEmpty();
        assertThat(Bookmark.parse(List.of("a", "c"), bookmark)).isEmpty();
        assertThat(Bookmark.parse(List.of("a"), bookmark)).isEmpty();
        assertThat(Bookmark.parse(List.of("a", "b", "c"), bookmark)).isEmpty();
    }

    @Test
    void aHundredChannelsFitInAHeader() {
        List<String> channels =
                IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        Position far = new Position(9_999_999_999_999_999L, 9_999_999_999_999_999L);

        assertThat(new Bookmark(channels, Collections.nCopies(100, far)).toString())
                .hasSizeLessThan(4_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-", "1-", "1", "1-2-3", "1-2_3-4", "01-2", "1-99999999999999999", "_1-2", "1-2_"})
    void whatIsNoneIsEmpty(String text) {
        assertThat(Bookmark.parse(List.of("a"), text)).isEmpty();
        assertThat(Bookmark.parse(List.of("a", "b"), text)).isEmpty();
    }
}
