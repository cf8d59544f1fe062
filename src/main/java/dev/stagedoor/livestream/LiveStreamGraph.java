package dev.stagedoor.livestream;

import dev.stagedoor.account.api.GraphUser;
import dev.stagedoor.cache.Viewed;
import dev.stagedoor.platform.graphql.Absent;
import dev.stagedoor.platform.graphql.Arguments;
import dev.stagedoor.platform.graphql.Batches;
import dev.stagedoor.platform.http.LanguageTag;
import dev.stagedoor.platform.http.Page;
import dev.stagedoor.platform.http.PlainText;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** Live streams in GraphQL. */
@GraphQLApi
@ApplicationScoped
@PermitAll
public class LiveStreamGraph {

    private final LiveStreamService service;

    LiveStreamGraph(LiveStreamService service) {
        this.service = service;
    }

    @Query
    @Description("A stream, or null where there is none with this id")
    public Uni<LiveStreamView> stream(@Id @NonNull String id) {
        return service.view(Arguments.id("id", id)).map(Viewed::view).plug(Absent::asNull);
    }

    @Query
    @Description("Streams, the last created first; live ones alone, the last started first")
    public Uni<Page<LiveStreamView>> streams(
            Boolean live,
            @PlainText(max = 64) String category,
            @Description("BCP 47") @LanguageTag String language,
            @Id @Description("Whose") String owner,
            @DefaultValue("50") @Min(1) @Max(100) int limit,
            String cursor) {
        LiveStreamFilter filter = new LiveStreamFilter(
                live, category, LanguageTag.Validator.canonical(language), Arguments.id("owner", owner));
        return service.page(filter, cursor, limit);
    }

    @NonNull
    public GraphUser owner(@Source LiveStreamView stream) {
        PersonView owner = stream.owner();
        return new GraphUser(owner.id(), owner.username(), owner.displayName());
    }

    @Name("streams")
    @Description("The last created first; 'next' goes on in the list of this owner's streams")
    public Uni<Page<LiveStreamView>> streamsOf(
            @Source GraphUser user, @DefaultValue("20") @Min(1) @Max(100) int limit, Context context) {
        return Batches.load(context, "streams:" + limit, user.id(), owners -> service.firstPages(owners, limit));
    }
}
