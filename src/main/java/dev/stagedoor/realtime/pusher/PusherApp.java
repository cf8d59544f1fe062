package dev.stagedoor.realtime.pusher;

import dev.stagedoor.realtime.Message;
import dev.stagedoor.realtime.socket.Frame;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One app of the Pusher door: its names, its secret, and where its channels are in the hub. */
public final class PusherApp {

    private static final String HMAC = "HmacSHA256";

    private final String id;
    private final String key;
    private final SecretKeySpec secret;
    private final PusherConfig.App settings;
    private final String prefix;
    private final Message.Encoding<Frame> event;
    private final Message.Encoding<Frame> positionedEvent;

    /** @param isFirst whether its channels are our own topics; those of others have names apart */
    public PusherApp(String id, String key, String secret, boolean isFirst, PusherConfig.App settings) {
        this.id = id;
        this.key = key;
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC);
        this.settings = settings;
        this.prefix = isFirst ? "" : id + ":";
        this.event = message -> PusherFrames.event(channel(message.topic()), message, false);
        this.positionedEvent = message -> PusherFrames.event(channel(message.topic()), message, true);
    }

    public String id() {
        return id;
    }

    public String key() {
        return key;
    }

    public PusherConfig.App settings() {
        return settings;
    }

    /** The hub's name of a channel. No channel's name has a colon. */
    public String topic(String channel) {
        return prefix + channel;
    }

    public String channel(String topic) {
        return topic.substring(prefix.length());
    }

    /** Whether a topic of the hub is a channel of this app. */
    public boolean hasTopic(String topic) {
        return topic.startsWith(prefix) && ChannelKind.isName(channel(topic));
    }

    /** The hub's name of where a user of this app is online. */
    public String onlineTopic(String userId) {
        return "online:" + id + ":" + userId;
    }

    public Message.Encoding<Frame> event() {
        return event;
    }

    /** With epoch and offset, for who recovers by them. */
    public Message.Encoding<Frame> positionedEvent() {
        return positionedEvent;
    }

    /** The hexadecimal HMAC-SHA-256 of a text under the app's secret. */
    public String sign(String text) {
        return sign(text.getBytes(StandardCharsets.UTF_8));
    }

    public String sign(byte[] content) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(secret);
            return HexFormat.of().formatHex(mac.doFinal(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this is the signature of the text; takes the same time wherever it differs. */
    public boolean isSignature(String signature, String text) {
        return MessageDigest.isEqual(
                sign(text).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    /** What a client shows to prove that its backend let it sign: {@code key:signature}. */
    public String authorization(String text) {
        return key + ":" + sign(text);
    }

    public boolean isAuthorization(String shown, String text) {
        return MessageDigest.isEqual(
                authorization(text).getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    /** The text that a subscription signs; {@code channelData} is null but for presence channels. */
    public static String subscription(String socketId, String channel, String channelData) {
        return socketId + ":" + channel + (channelData == null ? "" : ":" + channelData);
    }

    /** The text that a sign-in signs. */
    public static String signIn(String socketId, String userData) {
        return socketId + "::user::" + userData;
    }
}
