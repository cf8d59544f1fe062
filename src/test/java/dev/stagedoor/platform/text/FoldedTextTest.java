package dev.stagedoor.platform.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {

    @ParameterizedTest
    @CsvSource({
        "Curtain UP, curtain up",
        "ÉCLAIRAGE, éclairage",
        "STRASSE, straße",
        "ΟΔΟΣ, οδος",
        "ΟΔΟΣ, οδός",
        "ｃｕｒｔａｉｎ, curtain",
        "ｶﾞｷﾞ, ガギ",
        "Привет, ПРИВЕТ",
        "ﬁn, FIN"
    })
    void whatPeopleTakeForTheSameFoldsAlike(String one, String other) {
        boolean accented = other.contains("ό");
        assertThat(FoldedText.fold(one).equals(FoldedText.fold(other))).isEqualTo(!accented);
    }

    @Test
    void decomposedLettersFoldAsComposedOnes() {
        assertThat(FoldedText.fold("e\u0301clair")).isEqualTo(FoldedText.fold("ÉCLAIR"));
    }

    @Test
    void whiteSpaceOfAnyKindAndLengthIsOneSpace() {
        assertThat(FoldedText.fold("five\n\n minutes\u3000\t to places")).isEqualTo("five minutes to places");
    }

    @Test
    void aPartKnowsWhereItComesFrom() {
        String text = "A  ﬁne\u0301 👩‍🚀 STRAẞE";
        FoldedText folded = FoldedText.of(text);
        int start = folded.text().indexOf("strasse");

        assertThat(text.substring(folded.originalStart(start), folded.originalEnd(start + 7)))
                .isEqualTo("STRAẞE");
        assertThat(text.substring(folded.originalStart(2), folded.originalEnd(3)))
                .isEqualTo("ﬁ");
    }

    @Property
    void foldingWithPlacesAndWithoutGivesTheSame(@ForAll String text) {
        FoldedText folded = FoldedText.of(text);

        assertThat(FoldedText.fold(text)).isEqualTo(folded.text());
        for (int i = 0; i < folded.text().length(); i++) {
            assertThat(folded.originalStart(i)).isBetween(0, text.length() - 1);
            assertThat(folded.originalEnd(i + 1)).isBetween(folded.originalStart(i) + 1, text.length());
        }
    }
}
