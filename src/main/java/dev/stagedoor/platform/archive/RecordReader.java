package dev.stagedoor.platform.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads records as bytes, quoted as in RFC 4180: a field that begins with a quote ends with one, and may hold separators, line
 * breaks and doubled quotes. Records end with LF or CRLF; a CR elsewhere belongs to its field.
 *
 * <p>Unlike a general parser it goes on after a malformed record: at the line after the one on which that began, so
 * that a forgotten quote costs one record and not the rest of the file. Memory is bounded by {@link #MAX_RECORD_BYTES}.
 */
public final class RecordReader {

    /** A record that is longer is malformed; a message has at most 4,096 characters. */
    static final int MAX_RECORD_BYTES = 256 * 1024;

    private static final int END_OF_INPUT = -1;

    private final InputStream input;
    private final char separator;

    /** Holds the current record from {@code begin} on; what lies before is dropped when room is needed. */
    private byte[] buffer = new byte[64 * 1024];

    private int begin;
    private int position;
    private int limit;
    private long lineNumber = 1;

    /** @param separator of fields: a tab, or a comma */
    public RecordReader(InputStream input, char separator) {
        this.input = input;
        this.separator = separator;
    }

    /** A record's fields, or why there are none. */
    public record Parsed(long line, List<String> fields, String error) {}

    /** The next record, or null at the end. */
    public Parsed next() throws IOException {
        begin = position;
        if (peek() == END_OF_INPUT) {
            return null;
        }
        long line = lineNumber;
        try {
            return new Parsed(line, readFields(), null);
        } catch (MalformedRecordException e) {
            lineNumber = line;
            position = begin;
            skipLine();
            return new Parsed(line, List.of(), e.getMessage());
        }
    }

    private List<String> readFields() throws IOException {
        List<String> fields = new ArrayList<>(7);
        while (true) {
            fields.add(peek() == '"' ? readQuoted() : readPlain());
            int end = take();
            if (end == '\r') {
                end = take();
            }
            if (end == '\n') {
                lineNumber++;
            }
            if (end != separator) {
                return fields;
            }
        }
    }

    private String readPlain() throws IOException {
        int offset = position - begin;
        int next = peek();
        while (next != separator && next != '\n' && next != END_OF_INPUT) {
            position++;
            next = peek();
        }
        boolean afterReturn = position - begin > offset && buffer[position - 1] == '\r';
        if (next == '\n' && afterReturn) {
            position--;
        }
        return decode(offset, position - begin);
    }

    private String readQuoted() throws IOException {
        position++;
        int offset = position - begin;
        boolean doubled = false;
        while (true) {
            int next = take();
            if (next == END_OF_INPUT) {
                throw new MalformedRecordException("a quoted field does not end");
            }
            if (next == '\n') {
                lineNumber++;
            }
            if (next == '"' && peek() == '"') {
                position++;
                doubled = true;
            } else if (next == '"') {
                requireFieldEnd();
                String quoted = decode(offset, position - begin - 1);
                return doubled ? quoted.replace("\"\"", "\"") : quoted;
            }
        }
    }

    private void requireFieldEnd() throws IOException {
        int next = peek();
        if (next == '\r' && peekSecond() == '\n') {
            return;
        }
        if (next != separator && next != '\n' && next != END_OF_INPUT) {
            throw new MalformedRecordException("text follows a quoted field");
        }
    }

    private String decode(int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(buffer, begin + from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedRecordException("is not UTF-8");
        }
    }

    private void skipLine() throws IOException {
        int next = take();
        while (next != '\n' && next != END_OF_INPUT) {
            begin = position;
            next = take();
        }
        lineNumber++;
    }

    private int peek() throws IOException {
        return position < limit || fill() ? buffer[position] & 0xFF : END_OF_INPUT;
    }

    private int peekSecond() throws IOException {
        return position + 1 < limit || fill() ? buffer[position + 1] & 0xFF : END_OF_INPUT;
    }

    private int take() throws IOException {
        int next = peek();
        if (next != END_OF_INPUT) {
            position++;
        }
        return next;
    }

    /** Reads more behind what is there; false at the end of the input. */
    private boolean fill() throws IOException {
        dropConsumed();
        if (limit >= MAX_RECORD_BYTES) {
            throw new MalformedRecordException("is longer than " + MAX_RECORD_BYTES + " bytes");
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = input.read(buffer, limit, buffer.length - limit);
        if (read <= 0) {
            return false;
        }
        limit += read;
        return true;
    }

    private void dropConsumed() {
        System.arraycopy(buffer, begin, buffer, 0, limit - begin);
        position -= begin;
        limit -= begin;
        begin = 0;
    }

    /** Ends one record, not the file. */
    private static final class MalformedRecordException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MalformedRecordException(String message) {
            super(message, null, false, false);
        }
    }
}
