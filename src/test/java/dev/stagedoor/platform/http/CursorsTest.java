package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stagedoor.platform.context.TestSecrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {

    private static final String LIST = "users";

    private final Cursors cursors = new Cursors(TestSecrets.of("the secret of this node and of the others"));

    @Property(tries = 200)
    void whatGoesInComesOut(
            @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '\uD7FF') String first, @ForAll long second) {
        String cursor = cursors.encode(LIST, first, second);

        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        assertThat(cursors.decode(LIST, cursor)).containsExactly(first, Long.toString(second));
    }

    @Test
    void everyNodeReadsTheCursorsOfTheOthers() {
        Cursors elsewhere = new Cursors(TestSecrets.of("the secret of this node and of the others"));

        assertThat(elsewhere.decode(LIST, cursors.encode(LIST, 42))).containsExactly("42");
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        assertRefused(cursors.encode("channels", "key"));
    }

    @Test
    void aCursorUnderAnotherSecretIsRefused() {
        assertRefused(new Cursors(TestSecrets.of("another secret")).encode(LIST, "key"));
    }

    @Test
    void aCursorWithAnyOneBitChangedIsRefused() {
        byte[] genuine = Base64.getUrlDecoder().decode(cursors.encode(LIST, "key"));

        for (int bit = 0; bit < genuine.length * Byte.SIZE; bit++) {
            byte[] forged = genuine.clone();
            forged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(forged));
        }
    }

    @Test
    void listAndKeyAreSignedApart() {
        // Without the parts' lengths, "a" + "bc" and "ab" + "c" would have the same signature.
        String cursor = cursors.encode("a", "bc");
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        byte[] shifted = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, shifted, 0, bytes.length - 2);
        shifted[shifted.length - 1] = 'c';

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> cursors.decode(
                        "ab", Base64.getUrlEncoder().withoutPadding().encodeToString(shifted)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "abc", "%%%", "näh", "AAAAAAAAAAAAAAAAAAAAAA", "0199b2d4-7c7e-7a52-9d0a-0f6f6d1a2b3c"})
    void whatIsNoCursorIsRefused(String cursor) {
        assertRefused(cursor);
    }

    @Test
    void theKeysAreNotReadableAsText() {
        assertThat(cursors.encode(LIST, "0199b2d4"))
                .doesNotContain("0199b2d4")
                .isNotEqualTo(Base64.getUrlEncoder().encodeToString("0199b2d4".getBytes(StandardCharsets.UTF_8)));
    }

    private void assertRefused(String cursor) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> cursors.decode(LIST, cursor))
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(400))
                .satisfies(failure -> assertThat(failure.errors())
                        .extracting(Problem.FieldError::field)
                        .containsExactly("cursor"));
    }
}
