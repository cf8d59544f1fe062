package dev.stagedoor.creator;

import dev.stagedoor.account.api.GraphUser;
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
import java.util.List;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** Creators in GraphQL. */
@GraphQLApi
@ApplicationScoped
@PermitAll
public class CreatorGraph {

    private final CreatorService service;
    private final CreatorBatch batch;

    CreatorGraph(CreatorService service, CreatorBatch batch) {
        this.service = service;
        this.batch = batch;
    }

    @Query
    @Description("A creator, or null where there is none with this id")
    public Uni<CreatorView> creator(@Id @NonNull String id) {
        return service.view(Arguments.id("id", id)).plug(Absent::asNull);
    }

    @Query
    @Description("Creators: the best, the most booked, the newest or the cheapest first")
    public Uni<Page<CreatorView>> creators(
            @PlainText(max = 64) String category,
            @Description("BCP 47") @LanguageTag String language,
            @Description("Words, each the beginning of one in the names, the headline or the categories")
                    @PlainText(max = 100)
                    String q,
            @DefaultValue("RATING") CreatorSort sort,
            @DefaultValue("50") @Min(1) @Max(100) int limit,
            String cursor) {
        CreatorFilter filter = CreatorFilter.of(sort, category, LanguageTag.Validator.canonical(language), q);
        return service.page(filter, cursor, limit);
    }

    @Name("creator")
    @Description("What the user offers as a creator; null for who is none")
    public Uni<CreatorView> creatorOf(@Source GraphUser user, Context context) {
        return batch.load(user.id(), context);
    }

    @NonNull
    public GraphUser user(@Source CreatorView creator) {
        return new GraphUser(creator.id(), creator.username(), creator.displayName());
    }

    @Description("Hours of single dates, instead of those of the week")
    public Uni<List<@NonNull DateHoursView>> exceptions(@Source CreatorView creator, Context context) {
        return creator.exceptions() == null
                ? batch.load(creator.id(), context).map(CreatorView::exceptions)
                : Uni.createFrom().item(creator.exceptions());
    }

    @Description(
            "When the creator can be booked, in steps of a session, for up to 62 days: from now where 'from' is absent,"
                    + " for 14 days where 'to' is")
    public Uni<List<@NonNull Slot>> slots(
            @Source CreatorView creator,
            @Description("RFC 3339") String from,
            @Description("RFC 3339") String to,
            @DefaultValue("20") @Min(1) @Max(100) int limit,
            Context context) {
        String name = "slots: " + limit + " from " + from + " to " + to;
        return Batches.load(context, name, creator.id(), ids -> service.slots(ids, from, to, limit));
    }
}
