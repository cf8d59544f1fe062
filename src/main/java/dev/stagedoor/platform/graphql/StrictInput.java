package dev.stagedoor.platform.graphql;

import graphql.Scalars;
import graphql.scalars.ExtendedScalars;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLSchemaElement;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLTypeVisitorStub;
import graphql.schema.SchemaTransformer;
import graphql.util.TraversalControl;
import graphql.util.TraverserContext;
import java.util.Map;

/**
 * Arguments as the specification has them. SmallRye takes any text for a number, which limits then do not see, and cuts
 * off what is too large; and it takes null for what has a default, and is a number in Java.
 */
final class StrictInput extends GraphQLTypeVisitorStub {

    private static final Map<String, GraphQLScalarType> INSTEAD =
            Map.of("Int", Scalars.GraphQLInt, "BigInteger", ExtendedScalars.GraphQLLong);

    private StrictInput() {}

    static GraphQLSchema of(GraphQLSchema schema) {
        return SchemaTransformer.transformSchema(schema, new StrictInput());
    }

    @Override
    public TraversalControl visitGraphQLScalarType(
            GraphQLScalarType scalar, TraverserContext<GraphQLSchemaElement> context) {
        GraphQLScalarType strict = INSTEAD.get(scalar.getName());
        return strict == null ? TraversalControl.CONTINUE : changeNode(context, strict);
    }

    @Override
    public TraversalControl visitGraphQLArgument(
            GraphQLArgument argument, TraverserContext<GraphQLSchemaElement> context) {
        if (!argument.hasSetDefaultValue() || GraphQLTypeUtil.isNonNull(argument.getType())) {
            return TraversalControl.CONTINUE;
        }
        return changeNode(
                context, argument.transform(change -> change.type(GraphQLNonNull.nonNull(argument.getType()))));
    }
}
