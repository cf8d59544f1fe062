package dev.stagedoor.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages that are sent to a channel with 1,000 readers, who all get each of them, beside a million others. */
final class ChatSends {

    private static final int READERS = 1_000;
    private static final String TEXT = "a".repeat(100);

    private final Installation installation;

    ChatSends(Installation installation) {
        this.installation = installation;
    }

    /** In a database that there is. */
    List<String[]> measure(List<Build> builds, String database) throws IOException {
        List<Contender> contenders = new ArrayList<>();
        List<ChatSendLoad> loads = new ArrayList<>();
        try {
            for (Build build : builds) {
                contenders.add(contender(build, database, loads));
            }
            Contender.compete("senders and 1,000 readers", contenders);
            return rows(contenders);
        } finally {
            for (ChatSendLoad load : loads) {
                load.close();
            }
            contenders.forEach(contender -> contender.program().close());
        }
    }

    private Contender contender(Build build, String database, List<ChatSendLoad> loads) throws IOException {
        int port = Installation.freePort();
        Map<String, String> environment = installation.environment(database, port);
        environment.put("STAGEDOOR_CHAT_WRITES_PER_SECOND", "100000");
        environment.put("STAGEDOOR_CHAT_WRITES_AT_ONCE", "100000");
        Program program = Program.start(build, environment, installation.file(build.name() + "-sends.log"));
        program.millisToOk(port, "/q/health/ready");
        Account sender = Account.register(port, "sender-" + build.name());
        String channel = sender.send(
                        port, "POST", "/api/v1/channels", "{\"name\":\"crowd\",\"visibility\":\"private\"}")
                .get("id")
                .textValue();
        byte[] message = HttpPublishers.post(
                "/api/v1/channels/" + channel + "/messages",
                "Authorization: " + sender.authorization() + "\r\n",
                ("{\"text\":\"" + TEXT + "\"}").getBytes(StandardCharsets.UTF_8));
        ChatSendLoad load = new ChatSendLoad(port, message);
        loads.add(load);
        for (int i = 0; i < READERS; i++) {
            load.add(ClientSocket.subscribed(port, "private-channel-" + channel, sender));
        }
        return new Contender(build.name(), program, load);
    }

    private static List<String[]> rows(List<Contender> contenders) {
        return List.of(
                Contender.row(
                        "messages sent to 1,000 connected readers, sends/s", "%,.0f", contenders, Contender::perSecond),
                Contender.row("– until the last reader has it, p99, ms", "%.1f", contenders, Contender::p99Millis));
    }
}
