package dev.stagedoor.support;

import static org.awaitility.Awaitility.await;

import dev.stagedoor.support.Api.Person;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What tests of payments do again and again. */
public final class Payments {

    public static final String PAYMENTS = "/api/v1/payments";
    public static final String ADMIN = "/api/v1/admin/payments";
    public static final String WEBHOOK = "/api/v1/webhooks/stripe";
    public static final String ACCOUNT = "acct_1032D82eZvKYlo2C";

    private static final AtomicLong EVENTS = new AtomicLong();
    private static final String RUN = Long.toString(System.nanoTime(), 36);

    private Payments() {}

    public static String payment(String id) {
        return PAYMENTS + "/" + id;
    }

    public static Map<String, Object> purchase(String provider, long tokens) {
        return Map.of("tokens", tokens, "provider", provider);
    }

    public static Map<String, Object> cashOut(String provider, long tokens) {
        return Map.of("tokens", tokens, "provider", provider, "kind", "cash_out", "destination", ACCOUNT);
    }

    public static Response ask(Person person, Map<String, Object> request) {
        return Tokens.post(person, PAYMENTS, request);
    }

    /** The new payment. */
    public static JsonPath asked(Person person, Map<String, Object> request) {
        return ask(person, request).then().statusCode(201).extract().jsonPath();
    }

    /** The id of the new payment. */
    public static String askedId(Person person, Map<String, Object> request) {
        return asked(person, request).getString("id");
    }

    public static JsonPath get(Person person, String id) {
        return person.request()
                .get(payment(id))
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public static String status(Person person, String id) {
        return get(person, id).getString("status");
    }

    /** As an admin sees it. */
    public static JsonPath asAdmin(String id) {
        return Api.admin()
                .request()
                .get(ADMIN + "/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    public static void awaitStatus(Person person, String id, String status) {
        await().until(() -> status.equals(status(person, id)));
    }

    public static void awaitAnswer(Person person, String id) {
        await().until(() -> !get(person, id).getBoolean("awaitingProvider"));
    }

    /** What an admin says of a manual payment: process, succeed, fail. */
    public static Response decide(String id, String decision) {
        return Api.admin().request().post(ADMIN + "/" + id + "/" + decision);
    }

    public static Response cancel(Person person, String id) {
        return person.request().post(payment(id) + "/cancel");
    }

    public static Response refund(String id, long tokens) {
        return Tokens.post(Api.admin(), ADMIN + "/" + id + "/refund", Map.of("tokens", tokens));
    }

    /** A purchase by Stripe that the payer has paid; its id. */
    public static String paid(Person person, long tokens) {
        String id = askedId(person, purchase("stripe", tokens));
        JsonObject intent = StripeStandIn.get().setStatus(StripeStandIn.get().intentOf(id), "succeeded");
        tell("payment_intent.succeeded", intent);
        return id;
    }

    /** A new event of Stripe. */
    public static JsonObject event(String type, JsonObject object) {
        return new JsonObject()
                .put("id", "evt_" + EVENTS.incrementAndGet() + RUN)
                .put("object", "event")
                .put("api_version", "2025-03-31.basil")
                .put("type", type)
                .put("livemode", false)
                .put("data", new JsonObject().put("object", object.copy()));
    }

    /** Stripe tells of something, and is heard. */
    public static void tell(String type, JsonObject object) {
        tell(event(type, object)).then().statusCode(200);
    }

    public static Response tell(JsonObject event) {
        String body = event.encode();
        return post(signature(StripeStandIn.FIRST_SECRET, now(), body), body);
    }

    public static Response post(String signature, String body) {
        Map<String, String> headers = new HashMap<>();
        if (signature != null) {
            headers.put("Stripe-Signature", signature);
        }
        return Api.request().headers(headers).body(body).post(WEBHOOK);
    }

    /** In seconds. */
    public static long now() {
        return System.currentTimeMillis() / 1000;
    }

    public static String signature(String secret, long time, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signed = mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + time + ",v1=" + HexFormat.of().formatHex(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A charge of an intent, of which this much was refunded in total. */
    public static JsonObject charge(JsonObject intent, long refunded) {
        return new JsonObject()
                .put("id", "ch_" + intent.getString("id"))
                .put("object", "charge")
                .put("amount", intent.getLong("amount"))
                .put("amount_refunded", refunded)
                .put("currency", intent.getString("currency"))
                .put("metadata", intent.getJsonObject("metadata"))
                .put("payment_intent", intent.getString("id"))
                .put("refunded", refunded == intent.getLong("amount"))
                .put("status", "succeeded");
    }

    /** A refund that was not asked for here. */
    public static JsonObject foreignRefund(JsonObject intent, String id, long amount, String status) {
        return new JsonObject()
                .put("id", id)
                .put("object", "refund")
                .put("amount", amount)
                .put("currency", intent.getString("currency"))
                .put("metadata", new JsonObject())
                .put("payment_intent", intent.getString("id"))
                .put("status", status);
    }
}
