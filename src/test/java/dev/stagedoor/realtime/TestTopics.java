package dev.stagedoor.realtime;

import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.TopicRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Topics that tests alone have. */
@ApplicationScoped
public class TestTopics implements TopicRule {

    private static final String PUBLIC = "test-public-";
    private static final String PRIVATE = "test-private-";
    private static final String CLOSED = "test-closed-";

    private static final Set<String> SHUT = ConcurrentHashMap.newKeySet();

    /** Everyone may listen to it. */
    public static String newPublic() {
        return PUBLIC + unique();
    }

    /** Users may listen to it. */
    public static String newPrivate() {
        return PRIVATE + unique();
    }

    /** Nobody may listen to it. */
    public static String newClosed() {
        return CLOSED + unique();
    }

    /** This user may listen to a private topic no more. */
    public static void shut(String topic, String userId) {
        SHUT.add(topic + " " + userId);
    }

    private static String unique() {
        return Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    }

    @Override
    public boolean covers(String topic) {
        return topic.startsWith(PUBLIC) || topic.startsWith(PRIVATE) || topic.startsWith(CLOSED);
    }

    @Override
    public Uni<Boolean> admits(Listener listener, String topic) {
        return Uni.createFrom()
                .item(() -> topic.startsWith(PUBLIC)
                        || (topic.startsWith(PRIVATE)
                                && listener.userId() != null
                                && !SHUT.contains(topic + " " + listener.userId())));
    }
}
