package dev.stagedoor.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers as Stripe documents that it does, as far as we use it: it wants the key, the version and forms, remembers what an
 * idempotency key was for, and keeps intents, refunds and transfers. How it fails is set for an amount, so that tests do not
 * meet each other's failures.
 */
public final class StripeStandIn {

    public static final String KEY = "sk_test_stagedoor";
    public static final String FIRST_SECRET = "whsec_of_this_month";
    public static final String SECOND_SECRET = "whsec_of_last_month";

    /** What goes wrong with calls about an amount. */
    public enum Failure {
        /** No answer; nothing was done. */
        HANGS,
        /** It is done, and the answer never arrives. */
        ANSWER_IS_LOST,
        /** Nothing was done. */
        IS_DOWN,
        RATE_LIMITED,
        /** The card, or what was asked, is refused. */
        REFUSES
    }

    /** Ids of one run are not those of another, in a database that outlives it. */
    private static final String RUN = Long.toString(System.nanoTime(), 36);

    private static final AtomicLong AMOUNTS = new AtomicLong(100_000);

    private static StripeStandIn running;

    private final HttpServer server;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Failure> failures = new ConcurrentHashMap<>();
    private final Map<String, Answered> answered = new ConcurrentHashMap<>();
    private final Map<String, JsonObject> objects = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    private record Answered(String request, Answer answer) {}

    private record Answer(int status, JsonObject body) {}

    /** What was asked for. */
    public record Call(String path, Map<String, String> form, String idempotencyKey) {}

    private StripeStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "stripe");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    /** The one of this test run. */
    public static synchronized StripeStandIn get() {
        try {
            if (running == null) {
                running = new StripeStandIn();
            }
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** One that no other test has. */
    public static long newAmount() {
        return AMOUNTS.addAndGet(10);
    }

    /** From now on, calls about this amount fail so. */
    public void fail(long amount, Failure failure) {
        failures.put(amount, failure);
    }

    public void recover(long amount) {
        failures.remove(amount);
    }

    /** All calls to a path that had this in their form, also those that failed. */
    public List<Call> calls(String path, String parameter, String value) {
        return calls.stream()
                .filter(call ->
                        call.path().equals(path) && value.equals(call.form().get(parameter)))
                .toList();
    }

    /** What was made for a payment of ours: intents, refunds or transfers. */
    public List<JsonObject> madeFor(String kind, String paymentId) {
        return objects.values().stream()
                .filter(object -> kind.equals(object.getString("object")))
                .filter(object ->
                        paymentId.equals(object.getJsonObject("metadata").getString("payment_id")))
                .toList();
    }

    /** The intent of a payment; there is one. */
    public JsonObject intentOf(String paymentId) {
        return madeFor("payment_intent", paymentId).get(0);
    }

    /** The payer has acted at Stripe. */
    public JsonObject setStatus(JsonObject object, String status) {
        return object.put("status", status);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean isPost = exchange.getRequestMethod().equals("POST");
            Map<String, String> form =
                    form(isPost ? body : exchange.getRequestURI().getRawQuery());
            String path = exchange.getRequestURI().getPath();
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            calls.add(new Call(path, form, key));
            Failure failure = failureOf(path, form);
            Answer answer = failure == Failure.HANGS ? hang() : answer(exchange, isPost, path, form, key, failure);
            if (failure != Failure.ANSWER_IS_LOST) {
                byte[] bytes = answer.body().encode().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private Failure failureOf(String path, Map<String, String> form) {
        String[] parts = path.split("/", -1);
        JsonObject known = parts.length > 3 ? objects.get(parts[3]) : null;
        String amount =
                known == null ? form.get("amount") : known.getLong("amount").toString();
        return amount == null || !amount.matches("[0-9]+") ? null : failures.get(Long.valueOf(amount));
    }

    /** For longer than anyone waits; then the test run need not. */
    private static Answer hang() {
        LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
        return error(503, "api_error", null, "Too late");
    }

    private Answer answer(
            HttpExchange exchange, boolean isPost, String path, Map<String, String> form, String key, Failure failure) {
        if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return error(401, "invalid_request_error", null, "Invalid API Key provided");
        }
        String version = exchange.getRequestHeaders().getFirst("Stripe-Version");
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (version == null || (isPost && (type == null || !type.startsWith("application/x-www-form-urlencoded")))) {
            return error(400, "invalid_request_error", null, "A version and a form are needed");
        }
        if (failure == Failure.IS_DOWN) {
            return error(503, "api_error", null, "We are down");
        }
        if (failure == Failure.RATE_LIMITED) {
            return error(429, "invalid_request_error", "rate_limit", "Too many requests hit the API too quickly");
        }
        return isPost && key != null ? once(path, form, key, failure) : perform(isPost, path, form, failure);
    }

    /** As the first time, also where that was a failure. */
    private synchronized Answer once(String path, Map<String, String> form, String key, Failure failure) {
        Answered before = answered.get(key);
        if (before == null) {
            Answer first = perform(true, path, form, failure);
            answered.put(key, new Answered(path + form, copy(first)));
            return first;
        }
        return before.request().equals(path + form)
                ? before.answer()
                : error(400, "idempotency_error", null, "Keys can only be used with the same parameters");
    }

    private static Answer copy(Answer answer) {
        return new Answer(answer.status(), answer.body().copy());
    }

    private Answer perform(boolean isPost, String path, Map<String, String> form, Failure failure) {
        if (failure == Failure.REFUSES) {
            return error(402, "card_error", "insufficient_funds", "Your card has insufficient funds");
        }
        String[] parts = path.split("/", -1);
        String id = parts.length > 3 ? parts[3] : null;
        return switch ((isPost ? "POST " : "GET ") + (id == null ? path : path.replace(id, "{id}"))) {
            case "POST /v1/payment_intents" -> createIntent(form);
            case "GET /v1/payment_intents/{id}" -> found(objects.get(id));
            case "POST /v1/payment_intents/{id}/cancel" -> cancel(objects.get(id));
            case "POST /v1/refunds" -> createRefund(form);
            case "POST /v1/transfers" -> createTransfer(form);
            case "GET /v1/refunds" -> list("refund", "payment_intent", form.get("payment_intent"));
            case "GET /v1/transfers" -> list("transfer", "transfer_group", form.get("transfer_group"));
            default -> error(404, "invalid_request_error", null, "Unrecognized request URL");
        };
    }

    private static Answer found(JsonObject object) {
        return object == null
                ? error(404, "invalid_request_error", "resource_missing", "No such payment_intent")
                : new Answer(200, object);
    }

    private Answer createIntent(Map<String, String> form) {
        JsonObject intent = created("pi", "payment_intent", form)
                .put("amount_received", 0)
                .put("automatic_payment_methods", new JsonObject().put("enabled", true))
                .put("last_payment_error", null)
                .put("status", "requires_payment_method");
        return new Answer(200, intent.put("client_secret", intent.getString("id") + "_secret_of_the_payer"));
    }

    private static Answer cancel(JsonObject intent) {
        if (intent != null && intent.getString("status").matches("requires_.*")) {
            return new Answer(200, intent.put("status", "canceled"));
        }
        Answer refusal = error(
                400,
                "invalid_request_error",
                "payment_intent_unexpected_state",
                "You cannot cancel this PaymentIntent");
        refusal.body().getJsonObject("error").put("payment_intent", intent);
        return refusal;
    }

    private Answer createRefund(Map<String, String> form) {
        JsonObject intent = objects.get(form.get("payment_intent"));
        long amount = Long.parseLong(form.get("amount"));
        if (intent == null || amount > intent.getLong("amount") - intent.getLong("amount_refunded", 0L)) {
            return error(400, "invalid_request_error", "charge_already_refunded", "It has already been refunded");
        }
        intent.put("amount_refunded", intent.getLong("amount_refunded", 0L) + amount);
        return new Answer(
                200,
                created("re", "refund", form)
                        .put("charge", "ch_" + intent.getString("id"))
                        .put("payment_intent", intent.getString("id"))
                        .put("status", "succeeded"));
    }

    private Answer createTransfer(Map<String, String> form) {
        return new Answer(
                200,
                created("tr", "transfer", form)
                        .put("amount_reversed", 0)
                        .put("destination", form.get("destination"))
                        .put("reversed", false)
                        .put("transfer_group", form.get("transfer_group")));
    }

    private JsonObject created(String prefix, String kind, Map<String, String> form) {
        JsonObject metadata = new JsonObject();
        form.forEach((name, value) -> {
            if (name.startsWith("metadata[")) {
                metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
            }
        });
        JsonObject object = new JsonObject()
                .put("id", prefix + "_" + ids.incrementAndGet() + "StandIn" + RUN)
                .put("object", kind)
                .put("amount", Long.valueOf(form.get("amount")))
                .put("currency", form.get("currency"))
                .put("livemode", false)
                .put("metadata", metadata);
        objects.put(object.getString("id"), object);
        return object;
    }

    private Answer list(String kind, String field, String value) {
        List<JsonObject> found = objects.values().stream()
                .filter(object -> kind.equals(object.getString("object")))
                .filter(object -> value.equals(object.getString(field)))
                .toList();
        return new Answer(
                200,
                new JsonObject().put("object", "list").put("has_more", false).put("data", new JsonArray(found)));
    }

    private static Answer error(int status, String type, String code, String message) {
        JsonObject reason = new JsonObject().put("type", type).put("message", message);
        if (code != null) {
            reason.put("code", code);
        }
        return new Answer(status, new JsonObject().put("error", reason));
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(decode(parts[0]), decode(parts[1]));
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
