package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {

    private static final String ADDRESS = "https://cdn.example.com/";

    private final WebAddress.Validator validator = new WebAddress.Validator();

    @Test
    void nothingIsNotJudged() {
        assertThat(validator.isValid(null, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cdn.example.com/a.jpg",
                "http://example.com",
                "HTTPS://EXAMPLE.COM:8443/a%20b?w=640&h=1#top",
                "https://127.0.0.1/a",
                "https://[2001:db8::1]/a",
                "https://xn--bcher-kva.example/a"
            })
    void anAddressOfTheWebPasses(String url) {
        assertThat(validator.isValid(url, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a.jpg",
                "/a.jpg",
                "//cdn.example.com/a.jpg",
                "https:",
                "https://",
                "https:///a.jpg",
                "https:a.jpg",
                "ftp://example.com/a.jpg",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "data:image/png;base64,AAAA",
                "https://ada:secret@example.com/a.jpg",
                "https://example.com/a b",
                "https://example.com/\u0000",
                "https://example.com/\"onload=",
                "https://bücher.example/a",
                "https://example.com/%zz",
                " https://example.com/"
            })
    void whatABrowserShouldNotLoadIsRefused(String url) {
        assertThat(validator.isValid(url, null)).isFalse();
    }

    @Test
    void anAddressHasAtMost2048Characters() {
        String longest = ADDRESS + "x".repeat(2048 - ADDRESS.length());

        assertThat(validator.isValid(longest, null)).isTrue();
        assertThat(validator.isValid(longest + "x", null)).isFalse();
    }
}
