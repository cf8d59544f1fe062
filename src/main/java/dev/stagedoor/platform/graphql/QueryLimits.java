package dev.stagedoor.platform.graphql;

import graphql.analysis.FieldComplexityEnvironment;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.AbortExecutionException;
import graphql.execution.instrumentation.ChainedInstrumentation;
import graphql.execution.instrumentation.Instrumentation;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLTypeUtil;
import java.util.List;

/** How large a query may be; one that is larger is refused before any of it is executed. */
final class QueryLimits {

    /** Far more than a query of the largest size needs, as people write them. */
    private static final int MAX_TOKENS = 2_000;

    /** Few lists that have no limit of their own, such as the hours of a week, are longer; none is much longer. */
    private static final int USUAL_LIST = 20;

    /** Keeps sums of the costs of many fields within an int. */
    private static final long HIGHEST_COST = 1_000_000;

    private static final String LIMIT = "limit";

    private QueryLimits() {}

    /** The refusal of a query that is too large, with its stable code. */
    static final class TooLargeException extends AbortExecutionException {

        private static final long serialVersionUID = 1L;

        private final String code;

        private TooLargeException(String code, String message) {
            super(message);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    static ParserOptions parserOptions() {
        return ParserOptions.getDefaultOperationParserOptions()
                .transform(options -> options.maxTokens(MAX_TOKENS).redactTokenParserErrorMessages(true));
    }

    static Instrumentation of(int maxDepth, int maxComplexity) {
        return new ChainedInstrumentation(List.of(depth(maxDepth), complexity(maxComplexity)));
    }

    private static Instrumentation depth(int max) {
        return new MaxQueryDepthInstrumentation(max) {
            @Override
            protected AbortExecutionException mkAbortException(int depth, int max) {
                return new TooLargeException(
                        "query-too-deep", "The query is " + depth + " fields deep; at most " + max + " are allowed");
            }
        };
    }

    private static Instrumentation complexity(int max) {
        return new MaxQueryComplexityInstrumentation(max, QueryLimits::cost) {
            @Override
            protected AbortExecutionException mkAbortException(int complexity, int max) {
                return new TooLargeException(
                        "query-too-complex",
                        "The answer may have " + complexity + " fields; at most " + max
                                + " are allowed: ask for less, or lower a limit");
            }
        };
    }

    /** One for the field itself, and what is below it as often as it may occur. */
    private static int cost(FieldComplexityEnvironment field, int ofChildren) {
        return (int) Math.min(HIGHEST_COST, 1 + occurrences(field) * ofChildren);
    }

    private static long occurrences(FieldComplexityEnvironment field) {
        if (field.getArguments().get(LIMIT) instanceof Number limit) {
            return Math.max(1, limit.longValue());
        }
        boolean isCounted = field.getParentEnvironment() != null && isPage(field);
        return isList(field) && !isCounted ? USUAL_LIST : 1;
    }

    /** Of a page, the field that has it was counted with its limit. */
    private static boolean isPage(FieldComplexityEnvironment field) {
        return field.getParentEnvironment().getArguments().containsKey(LIMIT);
    }

    private static boolean isList(FieldComplexityEnvironment field) {
        return GraphQLTypeUtil.isList(
                GraphQLTypeUtil.unwrapNonNull(field.getFieldDefinition().getType()));
    }
}
