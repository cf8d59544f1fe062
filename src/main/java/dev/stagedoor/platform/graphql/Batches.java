package dev.stagedoor.platform.graphql;

import graphql.schema.DataFetchingEnvironment;
import io.smallrye.graphql.api.Context;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;

/** Loads in one go what the objects of a level of a query each ask for. */
public final class Batches {

    private Batches() {}

    /**
     * The value of one key, or null where the loader has none; to be called before anything is awaited, or the level has
     * been loaded already.
     *
     * @param context of the field
     * @param name what is loaded, with all that the loader depends on but the keys: fields that give the same name share
     *     one load
     * @param loader gets the keys of all objects of the level
     */
    public static <K, V> Uni<V> load(Context context, String name, K key, Function<Set<K>, Uni<Map<K, V>>> loader) {
        DataLoader<K, V> batch = context.unwrap(DataFetchingEnvironment.class)
                .getDataLoaderRegistry()
                .computeIfAbsent(name, absent -> loaderOf(loader));
        return Uni.createFrom().completionStage(batch.load(key));
    }

    private static <K, V> DataLoader<K, V> loaderOf(Function<Set<K>, Uni<Map<K, V>>> loader) {
        return DataLoaderFactory.newMappedDataLoader(
                (Set<K> keys) -> loader.apply(keys).subscribeAsCompletionStage());
    }
}
