package dev.stagedoor.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchableTextTest {

    private static boolean mayHold(String text, String part) {
        Set<Integer> grams = SearchableText.of(text).grams();
        Set<Integer> wanted = SearchableText.toFind(part).grams();
        return !wanted.isEmpty() && grams.containsAll(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "The stage manager called places,anag",
        "Straße gesperrt,STRAS",
        "舞台監督が呼んでいます,監督",
        "舞台監督が呼んでいます,監",
        "バックステージへ,ステージ",
        "무대감독이 부릅니다,감독",
        "Режиссёр зовёт,жисс",
        "is it on?,is",
        "curtain 🎭 up,🎭"
    })
    void aPartOfAWordIsFound(String text, String part) {
        assertThat(mayHold(text, part)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"this thistle,is", "curtain,cat", "舞台監督,督舞", "curtain 🎭,🎉"})
    void whatIsNotThereIsNot(String text, String part) {
        assertThat(mayHold(text, part)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "…", "-", "?!", "\u3000"})
    void punctuationIsNothingToLookFor(String text) {
        assertThat(SearchableText.toFind(text).grams()).isEmpty();
    }

    @Test
    void linksAreSeen() {
        assertThat(SearchableText.of("see HTTPS://example.org/x").hasLink()).isTrue();
        assertThat(SearchableText.of("https:// alone, http, ftp://x").hasLink()).isFalse();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("abcXYZ éß ÄΣ 舞台が ガ Ж. 🎭-"
                        .codePoints()
                        .filter(point -> point < Character.MIN_SUPPLEMENTARY_CODE_POINT)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                        .toCharArray())
                .ofMinLength(3)
                .ofMaxLength(40);
    }

    @Property
    void everyPartOfThreeLettersOrMoreIsFound(@ForAll("texts") String text) {
        for (int start = 0; start + 3 <= text.length(); start++) {
            String part = text.substring(start, start + 3);
            if (part.chars().allMatch(Character::isLetter)) {
                assertThat(mayHold(text, part)).as(part).isTrue();
            }
        }
    }
}
