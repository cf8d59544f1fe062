package dev.stagedoor.realtime.pusher.api;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.pusher.PusherApp;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A request of the HTTP API: what it says, and whether an app's secret signed it. */
final class SignedRequest {

    private static final String APPS = "/apps/";
    private static final String VERSION = "1.0";
    private static final Duration MAX_AGE = Duration.ofMinutes(10);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final String method;
    private final String path;
    private final String pathPrefix;
    private final List<Parameter> parameters;
    private final byte[] body;

    /**
     * Fails with 400 where the request has a broken escape.
     *
     * @param path as it was received
     * @param query as it was received, or null
     * @param pathPrefix what clients may have signed before the path that was received
     * @param body null for none
     */
    SignedRequest(String method, String path, String query, String pathPrefix, byte[] body) {
        this.method = method;
        this.path = path.substring(Math.max(0, path.indexOf(APPS)));
        this.pathPrefix = pathPrefix;
        this.parameters = query == null || query.isEmpty()
                ? List.of()
                : Arrays.stream(query.split("&")).map(Parameter::of).toList();
        this.body = body == null ? new byte[0] : body;
    }

    /** A parameter of the query. */
    private record Parameter(String name, String rawName, String value, String rawValue) {

        static Parameter of(String text) {
            int end = text.indexOf('=');
            String name = end < 0 ? text : text.substring(0, end);
            String value = end < 0 ? "" : text.substring(end + 1);
            return new Parameter(decode(name), name, decode(value), value);
        }

        String signedName() {
            return name.toLowerCase(Locale.ROOT);
        }

        String signed() {
            return signedName() + "=" + value;
        }

        String rawSigned() {
            return rawName.toLowerCase(Locale.ROOT) + "=" + rawValue;
        }
    }

    private static String decode(String text) {
        try {
            return QueryStringDecoder.decodeComponent(text);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "malformed-request", "The request has a broken percent-encoding");
        }
    }

    /** The first value of a parameter of the query. */
    Optional<String> parameter(String name) {
        return values(name).stream().findFirst();
    }

    List<String> values(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    byte[] body() {
        return body;
    }

    /** A part of the path after the app's id, from 0, decoded; JAX-RS would end it at a semicolon. */
    String segment(int index) {
        return decode(path.split("/", -1)[index + 3].replace("+", "%2B"));
    }

    /** Fails with 401 unless the app's secret signed this very request, lately. */
    void requireSignature(PusherApp app, Instant now) {
        require(parameter("auth_key").filter(app.key()::equals).isPresent(), "auth_key is not the app's key");
        require(parameter("auth_version").filter(VERSION::equals).isPresent(), "auth_version is not 1.0");
        require(
                parameter("auth_timestamp")
                        .filter(seconds -> isRecent(seconds, now))
                        .isPresent(),
                "auth_timestamp is not the time in seconds, by 10 minutes");
        require(hasRightDigest(), "body_md5 is not the digest of the body");
        require(
                parameter("auth_signature")
                        .filter(signature -> isSignature(app, signature))
                        .isPresent(),
                "auth_signature is not the signature of the request");
    }

    private static void require(boolean isRight, String refusal) {
        if (!isRight) {
            throw ApiException.unauthorized(refusal).with("WWW-Authenticate", "Pusher");
        }
    }

    private static boolean isRecent(String seconds, Instant now) {
        return SECONDS.matcher(seconds).matches()
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                                .abs()
                                .compareTo(MAX_AGE)
                        <= 0;
    }

    private boolean hasRightDigest() {
        Optional<String> digest = parameter("body_md5");
        return digest.isEmpty() ? body.length == 0 : isEqual(digest.get(), md5(body));
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isSignature(PusherApp app, String signature) {
        return signedTexts().stream().anyMatch(text -> app.isSignature(signature, text));
    }

    /** What clients sign, the usual first: some with the prefix of a proxy, some with what goes over the wire. */
    Set<String> signedTexts() {
        Set<String> texts = new LinkedHashSet<>();
        for (String query : List.of(query(Parameter::signed), query(Parameter::rawSigned))) {
            for (String signedPath : List.of(path, decode(path.replace("+", "%2B")))) {
                texts.add(method + "\n" + signedPath + "\n" + query);
                texts.add(method + "\n" + pathPrefix + signedPath + "\n" + query);
            }
        }
        return texts;
    }

    private String query(Function<Parameter, String> signed) {
        return parameters.stream()
                .filter(parameter -> !parameter.signedName().equals("auth_signature"))
                .sorted(Comparator.comparing(Parameter::signedName))
                .map(signed)
                .collect(Collectors.joining("&"));
    }
}
