package dev.stagedoor.realtime.pusher.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagedoor.platform.context.Secrets;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.realtime.Relay;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.Profiles;
import dev.stagedoor.realtime.access.TopicAccess;
import dev.stagedoor.realtime.pusher.Authorization;
import dev.stagedoor.realtime.pusher.ChannelKind;
import dev.stagedoor.realtime.pusher.PusherApp;
import dev.stagedoor.realtime.pusher.PusherApps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** Signs for our own users what the features let them listen to. */
@ApplicationScoped
class PusherAuthService {

    /** No text that anyone has signed begins so. */
    private static final String MASTER_KEY = "stagedoor:encryption-master-key";

    private final PusherApps apps;
    private final TopicAccess access;
    private final Profiles profiles;
    private final ObjectMapper mapper;
    private final Relay relay;

    PusherAuthService(PusherApps apps, TopicAccess access, Profiles profiles, ObjectMapper mapper, Relay relay) {
        this.apps = apps;
        this.access = access;
        this.profiles = profiles;
        this.mapper = mapper;
        this.relay = relay;
    }

    /** What a client shows to subscribe; fails with 403 where it may not, or 401 where nobody in particular may not. */
    Uni<Map<String, String>> authorize(Listener listener, AuthRequest request) {
        PusherApp app = app();
        return access.admits(listener, app.topic(request.channel()))
                .invoke(isAdmitted -> requireAdmitted(isAdmitted, listener, request))
                .invoke(() -> tellWhose(listener, request))
                .chain(admitted -> authorization(app, listener, request));
    }

    /** Everybody may subscribe to a public channel, and who is nobody in particular cannot be signed out. */
    private void tellWhose(Listener listener, AuthRequest request) {
        if (listener.userId() != null && ChannelKind.of(request.channel()).isSigned()) {
            relay.post(new Authorization(request.channel(), listener).toSignal(request.socketId()));
        }
    }

    private PusherApp app() {
        return apps.first().orElseThrow(() -> ApiException.notFound("app"));
    }

    private static void requireAdmitted(boolean isAdmitted, Listener listener, AuthRequest request) {
        boolean isNobody = listener.userId() == null;
        if (isNobody && (!isAdmitted || ChannelKind.of(request.channel()).isPresence())) {
            throw ApiException.unauthorized("This channel is for those who are signed in");
        }
        if (!isAdmitted) {
            throw ApiException.forbidden("This channel is not the caller's to listen to");
        }
    }

    private Uni<Map<String, String>> authorization(PusherApp app, Listener listener, AuthRequest request) {
        String socketId = request.socketId();
        String channel = request.channel();
        return switch (ChannelKind.of(channel)) {
            case PRESENCE, PRESENCE_CACHE ->
                described(listener, "user_id")
                        .map(data -> Map.of(
                                "auth",
                                app.authorization(PusherApp.subscription(socketId, channel, data)),
                                "channel_data",
                                data));
            case PRIVATE_ENCRYPTED, PRIVATE_ENCRYPTED_CACHE ->
                Uni.createFrom()
                        .item(Map.of(
                                "auth",
                                app.authorization(PusherApp.subscription(socketId, channel, null)),
                                "shared_secret",
                                sharedSecret(app, channel)));
            default ->
                Uni.createFrom()
                        .item(Map.of("auth", app.authorization(PusherApp.subscription(socketId, channel, null))));
        };
    }

    /** What a client shows to sign in. */
    Uni<Map<String, String>> signIn(Listener listener, AuthRequest request) {
        PusherApp app = app();
        return described(listener, "id")
                .map(data -> Map.of(
                        "auth", app.authorization(PusherApp.signIn(request.socketId(), data)), "user_data", data));
    }

    /** The very text that is signed. */
    private Uni<String> described(Listener listener, String idField) {
        return profiles.of(listener.userId()).map(profile -> {
            ObjectNode user =
                    mapper.createObjectNode().put(idField, listener.userId().toString());
            return user.<ObjectNode>set("user_info", mapper.valueToTree(profile))
                    .toString();
        });
    }

    /** The key of one encrypted channel: as server libraries make it, of a master key that comes from the app's secret. */
    static String sharedSecret(PusherApp app, String channel) {
        byte[] name = channel.getBytes(StandardCharsets.UTF_8);
        byte[] masterKey = HexFormat.of().parseHex(app.sign(MASTER_KEY));
        byte[] both = new byte[name.length + masterKey.length];
        System.arraycopy(name, 0, both, 0, name.length);
        System.arraycopy(masterKey, 0, both, name.length, masterKey.length);
        return Base64.getEncoder().encodeToString(Secrets.sha256(both));
    }
}
