package dev.stagedoor.creator;

import dev.stagedoor.platform.graphql.Batches;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Loads the creators that a query asks for, each once. */
@ApplicationScoped
public class CreatorBatch {

    private final CreatorQueries queries;

    CreatorBatch(CreatorQueries queries) {
        this.queries = queries;
    }

    /** With exceptions; null for who is none. To be called before anything is awaited. */
    public Uni<CreatorView> load(UUID id, Context context) {
        return Batches.load(context, "creators", id, queries::findAll);
    }
}
