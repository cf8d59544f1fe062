package dev.stagedoor.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GzipTest {

    private static final byte[] SHORT = "{\"data\":[]}".getBytes(StandardCharsets.UTF_8);

    /** From what compresses well to what does not, from nothing to more than a block has. */
    @Provide
    Arbitrary<byte[]> texts() {
        Arbitrary<Byte> letters = Arbitraries.integers()
                .between(1, 256)
                .flatMap(most -> Arbitraries.bytes().map(letter -> (byte) (letter % most)));
        return Arbitraries.oneOf(
                letters.array(byte[].class).ofMaxSize(3000),
                letters.array(byte[].class).ofMinSize(1).ofMaxSize(200).map(GzipTest::repeated));
    }

    private static byte[] repeated(byte[] text) {
        byte[] all = new byte[text.length * 1000];
        for (int i = 0; i < all.length; i++) {
            all[i] = text[i % text.length];
        }
        return all;
    }

    private static byte[] unpacked(byte[] file) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Property(tries = 500)
    void whatIsCompressedIsShorterAndUnpacksToTheSame(@ForAll("texts") byte[] text) {
        Gzip.compress(text).ifPresent(file -> {
            assertThat(file).hasSizeLessThan(text.length);
            assertThat(unpacked(file)).isEqualTo(text);
        });
    }

    @Property(tries = 500)
    void allThatBeginsAlikeCanBeginWithTheSameBlocks(
            @ForAll("texts") byte[] head, @ForAll("texts") byte[] one, @ForAll("texts") byte[] other) {
        Gzip.compressHead(head, head.length).ifPresent(blocks -> {
            byte[] whole = concat(head, one);
            byte[] file = Gzip.complete(blocks, blocks.length, whole, head.length);
            byte[] different = concat(head, other);

            assertThat(unpacked(file)).isEqualTo(whole);
            assertThat(unpacked(Gzip.complete(file, blocks.length, different, head.length)))
                    .isEqualTo(different);
        });
    }

    private static byte[] concat(byte[] head, byte[] end) {
        byte[] all = Arrays.copyOf(head, head.length + end.length);
        System.arraycopy(end, 0, all, head.length, end.length);
        return all;
    }

    @Test
    void whatIsShortOrDoesNotGetShorterIsLeftAsItIs() {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);

        assertThat(Gzip.compress(SHORT)).isEmpty();
        assertThat(Gzip.compressHead(SHORT, SHORT.length)).isEmpty();
        assertThat(Gzip.compress(noise)).isEmpty();
        assertThat(Gzip.compressHead(noise, noise.length)).isEmpty();
        assertThat(Gzip.compress(new byte[1024])).isPresent();
    }
}
