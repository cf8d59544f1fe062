package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {

    private final LanguageTag.Validator validator = new LanguageTag.Validator();

    @Test
    void nothingIsNotJudged() {
        assertThat(validator.isValid(null, null)).isTrue();
        assertThat(LanguageTag.Validator.canonical(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "en,                    en",
        "EN-gb,                 en-GB",
        "zh-hant-tw,            zh-Hant-TW",
        "es-419,                es-419",
        "sl-ROZAJ-biske,        sl-rozaj-biske",
        "de-DE-u-co-phonebk,    de-DE-u-co-phonebk",
        "x-klingon,             x-klingon",
        "i-klingon,             tlh"
    })
    void aWellFormedTagHasOneForm(String tag, String canonical) {
        assertThat(validator.isValid(tag, null)).isTrue();
        assertThat(LanguageTag.Validator.canonical(tag)).isEqualTo(canonical);
        assertThat(LanguageTag.Validator.canonical(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "e",
                "-",
                "en-",
                "-en",
                "en_GB",
                "en GB",
                "english language",
                "englishlanguage",
                "en--GB",
                "dé",
                "*",
                "x",
                "en-x-aaaaaaaa-bbbbbbbb-cccccccc-ddddd"
            })
    void whatIsNotWellFormedOrTooLongIsRefused(String tag) {
        assertThat(validator.isValid(tag, null)).isFalse();
    }
}
