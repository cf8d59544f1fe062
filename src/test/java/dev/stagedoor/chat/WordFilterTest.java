package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.platform.text.FoldedText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordFilterTest {

    private static boolean blocks(String word, String text) {
        return WordFilter.wordsOf(FoldedText.fold(text)).contains(WordFilter.patternOf(word));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spoiler|SPOILER: she dies",
                "spoiler|No (spoiler)s!",
                "Spoiler|ｓｐｏｉｌｅｒ",
                "buy now|Buy - NOW!",
                "straße|STRASSE",
                "e\u0301clair|Éclair?",
                "監督|舞台監督が呼ぶ",
                "ガキ|ｶﾞｷ"
            })
    void aWordIsFoundWhateverIsAroundIt(String word, String text) {
        assertThat(blocks(word, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"ass|assess the class", "buy now|buy it now", "spoiler|spoilers", "監督|監 督"})
    void aPartOfAWordIsNone(String word, String text) {
        assertThat(blocks(word, text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "?!", "…"})
    void punctuationIsNoWord(String word) {
        assertThat(WordFilter.patternOf(word)).isBlank();
    }
}
