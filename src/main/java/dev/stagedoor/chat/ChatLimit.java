package dev.stagedoor.chat;

import dev.stagedoor.account.api.Caller;
import dev.stagedoor.platform.http.RateLimiter;
import dev.stagedoor.platform.http.RateLimiter.Policy;
import dev.stagedoor.platform.http.RateLimiter.Quota;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Limits how often someone writes, on whatever connections to whatever nodes, and tells how much of that is left. */
@ApplicationScoped
class ChatLimit {

    private static final String QUOTA = "stagedoor.chat-quota";

    private final RateLimiter limiter;
    private final Caller caller;
    private final Policy policy;

    ChatLimit(RateLimiter limiter, Caller caller, ChatConfig config) {
        this.limiter = limiter;
        this.caller = caller;
        Duration window = Duration.ofMillis(1_000L * config.writesAtOnce() / config.writesPerSecond());
        this.policy = new Policy("chat", config.writesAtOnce(), window);
    }

    @ChatWrite
    @ServerRequestFilter
    public Uni<Void> count(ContainerRequestContext request) {
        return limiter.attempt(policy, caller.userId().toString())
                .invoke(quota -> requireSome(request, quota))
                .replaceWithVoid();
    }

    private static void requireSome(ContainerRequestContext request, Quota quota) {
        if (quota.isExceeded()) {
            throw quota.refusal();
        }
        request.setProperty(QUOTA, quota);
    }

    @ChatWrite
    @ServerResponseFilter
    public void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(QUOTA) instanceof Quota quota) {
            response.getHeaders().putSingle("RateLimit", quota.header());
            response.getHeaders().putSingle("RateLimit-Policy", quota.policyHeader());
        }
    }
}
