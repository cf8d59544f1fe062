/**
 * GraphQL over HTTP at {@code /graphql}: the transport, limits, persisted queries, errors. Its main class is
 * {@link dev.stagedoor.platform.graphql.GraphqlResource}; features add to the schema by classes named {@code *Graph}, and
 * read what many objects of a level need by {@link dev.stagedoor.platform.graphql.Batches}.
 *
 * <p>It knows no type of any feature.
 */
package dev.stagedoor.platform.graphql;
