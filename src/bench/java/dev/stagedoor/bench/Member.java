package dev.stagedoor.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** A member of one channel. */
record Member(Account account, String channelId) {

    /** Registers the member with the service on this port, and joins the channel of this name. */
    static Member join(int port, String channelName) throws IOException {
        Account account = Account.register(port, "reader");
        JsonNode channels = account.send(port, "GET", "/api/v1/channels?visibility=public&limit=100", null);
        for (JsonNode channel : channels.get("data")) {
            if (channel.get("name").textValue().equals(channelName)) {
                String channelId = channel.get("id").textValue();
                JsonNode joined = account.send(port, "POST", "/api/v1/channels/" + channelId + "/members", "{}");
                Benchmarks.progress("%s has joined %s", joined.get("userId").textValue(), channelName);
                return new Member(account, channelId);
            }
        }
        throw new IllegalStateException("There is no channel " + channelName);
    }

    /** The path of the newest page. */
    String messages() {
        return "/api/v1/channels/" + channelId + "/messages?limit=50";
    }
}
