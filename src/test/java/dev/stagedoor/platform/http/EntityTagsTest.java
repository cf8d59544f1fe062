package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTest {

    private static final Map<String, String> VIEW = Map.of("name", "Ada");
    private static final Map<String, String> LATER = Map.of("name", "Ada, Countess of Lovelace");

    private final EntityTags entityTags = new EntityTags(new ObjectMapper());

    @Test
    void theTagIsStrongQuotedAndThatOfTheBytes() {
        assertThat(entityTags.of(VIEW))
                .matches("\"[A-Za-z0-9_-]{22}\"")
                .isEqualTo(EntityTags.ofBody(entityTags.json(VIEW)))
                .isEqualTo(new EntityTags(new ObjectMapper()).of(Map.of("name", "Ada")));
    }

    @Test
    void anotherStateHasAnotherTag() {
        assertThat(entityTags.of(VIEW)).isNotEqualTo(entityTags.of(LATER));
    }

    @Test
    void anUpdateOfWhatTheCallerHasSeenPasses() {
        String tag = entityTags.of(VIEW);

        assertThatCode(() -> entityTags.requireMatch(tag, VIEW)).doesNotThrowAnyException();
        assertThatCode(() -> entityTags.requireMatch("\"other\" ,  " + tag, VIEW))
                .doesNotThrowAnyException();
        assertThatCode(() -> entityTags.requireMatch(" * ", VIEW)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void anUpdateWithoutATagIsRefusedAs428(String ifMatch) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> entityTags.requireMatch(ifMatch, VIEW))
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(428));
    }

    @Test
    void anUpdateOfAnotherStateIsRefusedWithTheTagOfThisOne() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> entityTags.requireMatch(entityTags.of(VIEW), LATER))
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(412))
                .satisfies(failure ->
                        assertThat(failure.headers()).containsExactly(Map.entry("ETag", entityTags.of(LATER))))
                .satisfies(failure -> assertThat(failure.current()).isEqualTo(LATER));
    }

    @Test
    void whereThereIsNothingAPutCreatesUnlessItMeansToReplace() {
        assertThatCode(() -> entityTags.requireMatch(new Preconditions(null, null), null))
                .doesNotThrowAnyException();
        assertThatCode(() -> entityTags.requireMatch(new Preconditions(null, "*"), null))
                .doesNotThrowAnyException();
        for (String ifMatch : new String[] {"*", entityTags.of(VIEW)}) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> entityTags.requireMatch(new Preconditions(ifMatch, null), null))
                    .satisfies(failure -> assertThat(failure.status()).isEqualTo(412))
                    .satisfies(failure -> assertThat(failure.headers()).isEmpty());
        }
    }

    @Test
    void whatThereIsAPutReplacesOnlyIfItWasSeen() {
        String tag = entityTags.of(VIEW);

        assertThatCode(() -> entityTags.requireMatch(new Preconditions(tag, null), VIEW))
                .doesNotThrowAnyException();
        assertThatCode(() -> entityTags.requireMatch(new Preconditions(tag, "\"other\""), VIEW))
                .doesNotThrowAnyException();
        assertThat(statusOfPut(null, null)).isEqualTo(428);
        assertThat(statusOfPut(null, "\"other\"")).isEqualTo(428);
        assertThat(statusOfPut("\"other\"", null)).isEqualTo(412);
        assertThat(statusOfPut(null, "*")).isEqualTo(412);
        assertThat(statusOfPut(tag, "*")).isEqualTo(412);
        assertThat(statusOfPut(tag, "W/" + tag)).isEqualTo(412);
    }

    private int statusOfPut(String ifMatch, String ifNoneMatch) {
        return catchThrowableOfType(
                        ApiException.class,
                        () -> entityTags.requireMatch(new Preconditions(ifMatch, ifNoneMatch), VIEW))
                .status();
    }

    @Test
    void aWeakOrUnquotedTagIsNoProof() {
        String tag = entityTags.of(VIEW);

        for (String ifMatch : new String[] {"W/" + tag, tag.replace("\"", ""), tag.substring(1), "\"*\""}) {
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> entityTags.requireMatch(ifMatch, VIEW))
                    .satisfies(failure -> assertThat(failure.status()).isEqualTo(412));
        }
    }

    @Test
    void aReadIsUnchangedForAnyFormOfItsTag() {
        String tag = entityTags.of(VIEW);

        assertThat(EntityTags.listsWeakly(tag, tag)).isTrue();
        assertThat(EntityTags.listsWeakly("W/" + tag, tag)).isTrue();
        assertThat(EntityTags.listsWeakly("\"a\",W/\"b\", W/" + tag, tag)).isTrue();
        assertThat(EntityTags.listsWeakly("*", tag)).isTrue();
        assertThat(EntityTags.listsWeakly("\"a\", \"b\"", tag)).isFalse();
        assertThat(EntityTags.listsWeakly("", tag)).isFalse();
    }
}
