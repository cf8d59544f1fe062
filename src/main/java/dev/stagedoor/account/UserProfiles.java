package dev.stagedoor.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagedoor.cache.Cached;
import dev.stagedoor.realtime.access.Profiles;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/** Shows users to others who are present, from the cache. */
@ApplicationScoped
class UserProfiles implements Profiles {

    private static final List<String> SHOWN = List.of("username", "displayName");

    private final UserService users;
    private final ObjectMapper mapper;

    UserProfiles(UserService users, ObjectMapper mapper) {
        this.users = users;
        this.mapper = mapper;
    }

    @Override
    public Uni<Object> of(UUID userId) {
        return users.get(userId).map(this::shown);
    }

    private Object shown(Cached user) {
        try {
            ObjectNode view = (ObjectNode) mapper.readTree(user.body().json());
            return view.retain(SHOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
