package dev.stagedoor.support;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Bytes on a socket, for what no HTTP client would send. */
public final class RawHttp {

    /** Only so that a test ends that would wait forever. */
    private static final int READ_TIMEOUT_MILLIS = 60_000;

    private static final int MAX_QUOTED_BYTES = 500;

    private RawHttp() {}

    /**
     * The first answer.
     *
     * @param headers by lower-case name; of a repeated one the last
     */
    public record Answer(int status, Map<String, String> headers, String body) {

        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        public JsonPath json() {
            return JsonPath.from(body);
        }
    }

    /** Sends the text as UTF-8. */
    public static Answer send(String request) {
        return send(request.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends the bytes and reads one answer, without saying that nothing follows. The answer may come, and the connection
     * be closed, before all is sent.
     */
    public static Answer send(byte[] request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            IOException unsent = write(socket, request);
            try {
                return read(new BufferedInputStream(socket.getInputStream()));
            } catch (IOException e) {
                if (unsent != null) {
                    e.addSuppressed(unsent);
                }
                throw e;
            }
        } catch (IOException e) {
            String head = HexFormat.of().formatHex(request, 0, Math.min(request.length, MAX_QUOTED_BYTES));
            throw new UncheckedIOException("to " + head, e);
        }
    }

    /** What kept the server from taking all; null where it did. */
    private static IOException write(Socket socket, byte[] request) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private static Answer read(InputStream in) throws IOException {
        String statusLine = line(in);
        if (!statusLine.matches("\\S+ [0-9]{3}.*")) {
            throw new IOException("no HTTP: " + statusLine);
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body ends after " + body.length + " of " + length + " bytes");
        }
        return new Answer(
                Integer.parseInt(statusLine.split(" ", 3)[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("closed after: " + line);
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }
}
