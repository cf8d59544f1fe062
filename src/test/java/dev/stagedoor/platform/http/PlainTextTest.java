package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private static final String CONTROL = "must not contain control characters";
    private static final String MULTILINE_CONTROL = "must not contain control characters but newline and tab";

    record Line(@PlainText(min = 2, max = 4) String text) {}

    record Paragraph(
            @PlainText(min = 0, max = 4, multiline = true) String text) {}

    @Test
    void nothingIsNotJudged() {
        assertThat(refusals(new Line(null))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ab", "abcd", "  ", "äöüß", "漢字", "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", "e\u0301a"
            })
    void twoToFourCodePointsPass(String text) {
        assertThat(refusals(new Line(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "\uD83D\uDE00", "abcde", "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"
            })
    void lessOrMoreThanThatIsRefused(String text) {
        assertThat(refusals(new Line(text))).containsExactly("must have 2 to 4 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\tb", "a\rb", "a\u001Bb", "a\u007Fb", "a\u0085b"})
    void aLineHasNoControlCharacters(String text) {
        assertThat(refusals(new Line(text))).containsExactly(CONTROL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a\nb", "\ta"})
    void aParagraphMayBreakAndIndent(String text) {
        assertThat(refusals(new Paragraph(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\r\nb", "\u0000", "\u001B[2J", "\u0085"})
    void aParagraphHasNoOtherControlCharacters(String text) {
        assertThat(refusals(new Paragraph(text))).containsExactly(MULTILINE_CONTROL);
    }

    @Test
    void halfACharacterIsRefused() {
        for (String text : List.of("a\uD83D", "\uDE00a", "\uDE00\uD83D", "a\uD83Db")) {
            assertThat(refusals(new Line(text))).containsExactly("must be well-formed Unicode");
        }
    }

    @Property(tries = 500)
    void whateverPassesCanBeStored(@ForAll String text) {
        String cut = text.substring(0, text.offsetByCodePoints(0, Math.min(4, text.codePointCount(0, text.length()))));

        boolean passes = refusals(new Paragraph(cut)).isEmpty();

        boolean storable = cut.codePoints()
                .noneMatch(point -> (point != '\n' && point != '\t' && Character.isISOControl(point))
                        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
        assertThat(passes).isEqualTo(storable);
    }

    private static <T> List<String> refusals(T subject) {
        return VALIDATOR.validate(subject).stream()
                .map(ConstraintViolation::getMessage)
                .toList();
    }
}
