package dev.stagedoor.availability;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagedoor.platform.http.ApiException;
import java.util.Base64;
import java.util.BitSet;

/** Sets of positions in the list of slots: as JSON, positions and pairs [from, to) of them, or a text of bits. */
final class Positions {

    private Positions() {}

    /**
     * Reads what a client says; fails with 400.
     *
     * @param json null where it is absent
     * @param slots how many there are
     */
    static BitSet parse(String field, JsonNode json, int slots) {
        if (json != null && json.isTextual()) {
            return parseBits(field, json.textValue(), slots);
        }
        if (json == null || !json.isArray() || json.size() > slots) {
            throw ApiException.invalid(field, "must be a list of at most " + slots + " slots, or a bitmap in base64");
        }
        BitSet positions = new BitSet(slots);
        for (int i = 0; i < json.size(); i++) {
            add(field + "[" + i + "]", json.get(i), slots, positions);
        }
        return positions;
    }

    private static BitSet parseBits(String field, String encoded, int slots) {
        try {
            BitSet positions = BitSet.valueOf(bytes(encoded));
            if (positions.length() <= slots) {
                return positions;
            }
        } catch (IllegalArgumentException e) {
            // As bits that are too many.
        }
        throw ApiException.invalid(field, "must be base64 of at most " + slots + " bits");
    }

    private static void add(String field, JsonNode item, int slots, BitSet positions) {
        if (item.isArray()) {
            if (item.size() != 2) {
                throw ApiException.invalid(field, "must be a position, or a pair of them");
            }
            int from = position(field, item.get(0), slots - 1);
            int to = position(field, item.get(1), slots);
            if (from >= to) {
                throw ApiException.invalid(field, "must end after it begins");
            }
            positions.set(from, to);
        } else {
            positions.set(position(field, item, slots - 1));
        }
    }

    private static int position(String field, JsonNode item, int last) {
        if (!item.isIntegralNumber() || !item.canConvertToInt() || item.intValue() < 0 || item.intValue() > last) {
            throw ApiException.invalid(field, "must be a position from 0 to " + last);
        }
        return item.intValue();
    }

    /** As they are kept: base64 of the bits, the lowest of the first byte for the first position. */
    static String encode(BitSet positions) {
        return encode(positions.toByteArray());
    }

    static String encode(byte[] bits) {
        return Base64.getEncoder().encodeToString(bits);
    }

    static byte[] bytes(String encoded) {
        return Base64.getDecoder().decode(encoded);
    }

    /** Of the first so many slots: there may have been more, before clocks were to change otherwise. */
    static BitSet decode(String encoded, int slots) {
        BitSet positions = BitSet.valueOf(bytes(encoded));
        positions.clear(slots, Math.max(slots, positions.length()));
        return positions;
    }
}
