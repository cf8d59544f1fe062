package dev.stagedoor.platform.db;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A database address in the form that hosting platforms hand out:
 * {@code postgres://user:password@host:5432/name?sslmode=require&connection_limit=20&pool_timeout=10000}.
 *
 * @param sslMode libpq's word: disable, allow, prefer, require, verify-ca or verify-full
 * @param connectionLimit the most connections of the pool
 * @param poolTimeout how long a request waits for a connection
 */
record DatabaseUrl(
        String host,
        int port,
        String database,
        String user,
        String password,
        String sslMode,
        int connectionLimit,
        Duration poolTimeout) {

    private static final Set<String> SCHEMES = Set.of("postgres", "postgresql");
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final Set<String> PARAMETERS =
            Set.of("sslmode", "connection_limit", "pool_timeout", "user", "password");

    private static final int DEFAULT_PORT = 5432;
    private static final int DEFAULT_CONNECTION_LIMIT = 20;
    private static final int DEFAULT_POOL_TIMEOUT_MILLIS = 10_000;

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException that names what is wrong, never the password
     */
    static DatabaseUrl parse(String url) {
        URI uri = uri(url);
        if (!SCHEMES.contains(String.valueOf(uri.getScheme()))) {
            throw new IllegalArgumentException("a database URL begins with postgres:// or postgresql://");
        }
        if (uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
            throw new IllegalArgumentException("a database URL names a host and a database");
        }
        Map<String, String> parameters = parameters(uri.getRawQuery());
        String[] credentials = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        return new DatabaseUrl(
                uri.getHost(),
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                uri.getPath().substring(1),
                credentials.length > 0 ? decode(credentials[0]) : parameters.getOrDefault("user", "postgres"),
                credentials.length > 1 ? decode(credentials[1]) : parameters.getOrDefault("password", ""),
                sslMode(parameters.getOrDefault("sslmode", "prefer")),
                number(parameters, "connection_limit", DEFAULT_CONNECTION_LIMIT),
                Duration.ofMillis(number(parameters, "pool_timeout", DEFAULT_POOL_TIMEOUT_MILLIS)));
    }

    private static URI uri(String url) {
        try {
            return new URI(url.trim());
        } catch (URISyntaxException e) {
            // The exception's own message repeats the input, and with it the password.
            throw new IllegalArgumentException("the database URL is malformed at index " + e.getIndex());
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (!PARAMETERS.contains(parts[0])) {
                throw new IllegalArgumentException("a database URL has no parameter '" + parts[0] + "'");
            }
            parameters.put(parts[0], parts.length > 1 ? decode(parts[1]) : "");
        }
        return parameters;
    }

    private static String sslMode(String mode) {
        if (!SSL_MODES.contains(mode)) {
            throw new IllegalArgumentException(
                    "sslmode is one of " + SSL_MODES.stream().sorted().toList());
        }
        return mode;
    }

    private static int number(Map<String, String> parameters, String name, int otherwise) {
        String value = parameters.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(name + " is a positive number");
        }
        return Integer.parseInt(value);
    }

    private static String decode(String value) {
        // URLDecoder reads forms, where '+' is a space; in the user part of a URL it is a plus.
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    String reactive() {
        return "vertx-reactive:postgresql://" + host + ":" + port + "/" + encode(database);
    }

    String jdbc() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + encode(database) + "?sslmode=" + sslMode
                + "&ApplicationName=stagedoor-migration";
    }

    private static String encode(String value) {
        // URLEncoder writes forms, where a space is '+'; Vert.x takes none in a path.
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
