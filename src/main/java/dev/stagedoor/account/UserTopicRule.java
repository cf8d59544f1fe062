package dev.stagedoor.account;

import dev.stagedoor.account.api.Scopes;
import dev.stagedoor.account.api.UserTopic;
import dev.stagedoor.realtime.access.Listener;
import dev.stagedoor.realtime.access.TopicRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Users listen to what concerns themselves. */
@ApplicationScoped
class UserTopicRule implements TopicRule {

    @Override
    public boolean covers(String topic) {
        return topic.startsWith(UserTopic.PREFIX);
    }

    @Override
    public Uni<Boolean> admits(Listener listener, String topic) {
        boolean isSelf = listener.userId() != null && topic.equals(UserTopic.of(listener.userId()));
        return Uni.createFrom().item(isSelf && listener.scopes().contains(Scopes.PROFILE_READ));
    }
}
