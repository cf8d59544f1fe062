package dev.stagedoor.realtime.access;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Who may listen to which topics of ours. */
@ApplicationScoped
public class TopicAccess {

    private final List<TopicRule> rules;

    TopicAccess(@All List<TopicRule> rules) {
        this.rules = rules;
    }

    /** Whether this one may listen; nobody may to what no rule covers. */
    public Uni<Boolean> admits(Listener listener, String topic) {
        return rules.stream()
                .filter(rule -> rule.covers(topic))
                .findFirst()
                .map(rule -> rule.admits(listener, topic))
                .orElseGet(() -> Uni.createFrom().item(false));
    }
}
