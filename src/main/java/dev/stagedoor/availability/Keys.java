package dev.stagedoor.availability;

import dev.stagedoor.platform.context.Secrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hashes of keys, in hexadecimal digits: SHA-256, which is enough for random keys of 128 bits. */
final class Keys {

    private Keys() {}

    static String hash(String key) {
        return hex(Secrets.sha256(key));
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    static byte[] bytes(String hash) {
        return HexFormat.of().parseHex(hash);
    }

    /** In a time that does not tell how much of them is equal; a hash that is null is none's. */
    static boolean areEqual(String one, String other) {
        return one != null
                && other != null
                && MessageDigest.isEqual(
                        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
