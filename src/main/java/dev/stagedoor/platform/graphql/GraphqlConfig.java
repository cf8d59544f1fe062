package dev.stagedoor.platform.graphql;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What GraphQL lets its callers do. */
@ConfigMapping(prefix = "stagedoor.graphql")
interface GraphqlConfig {

    /** Whether callers may ask for the schema; unless set, only in development and tests. */
    Optional<Boolean> introspection();

    /** The deepest nesting of fields in a query. */
    @WithDefault("15")
    int maxDepth();

    /** The most fields that an answer may have, if every list were as long as its limit allows. */
    @WithDefault("5000")
    int maxComplexity();

    /** The longest query, in characters. */
    @WithDefault("16K")
    MemorySize maxQuerySize();
}
