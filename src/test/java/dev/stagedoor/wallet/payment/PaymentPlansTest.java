package dev.stagedoor.wallet.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Plans;
import dev.stagedoor.support.StagedoorTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How PostgreSQL finds payments among many. */
@StagedoorTest
class PaymentPlansTest {

    private static final String SOMEONE = "'00000000-0000-7000-8000-000000000001'";
    private static final String LAST = "'ffffffff-ffff-ffff-ffff-ffffffffffff'";

    /** As in a large house; users that there are not need no foreign keys, and plans are made once for all parameters. */
    private static final List<String> PAYMENTS = List.of(
            "SET LOCAL session_replication_role = replica",
            """
            INSERT INTO payment (id, user_id, kind, provider, tokens, fee_tokens, amount, currency, status,
                                 provider_ref, call_due_at, created_at, updated_at)
            SELECT uuid_v7(now()), ('00000000-0000-7000-8000-' || lpad((n % 200)::text, 12, '0'))::uuid,
                   'purchase', 'stripe', 100, 0, 100, 'usd',
                   (ARRAY['succeeded', 'failed', 'cancelled', 'requires_payment'])[1 + n % 4],
                   'pi_plan' || n, CASE WHEN n % 100 = 0 THEN now() END, now(), now()
            FROM generate_series(1, 10000) n
            """,
            """
            INSERT INTO payment_refund (payment_id, ref, amount, state, call_due_at, created_at)
            SELECT id, 'plan', 1, 'pending', CASE WHEN random() < 0.01 THEN now() END, now() FROM payment
            """,
            "ANALYZE payment",
            "ANALYZE payment_refund",
            "SET LOCAL enable_seqscan = off",
            "SET LOCAL plan_cache_mode = force_generic_plan");

    static List<Arguments> statements() {
        return List.of(
                Arguments.of(
                        PaymentQueries.OF_USER,
                        LAST + ", 51, " + SOMEONE,
                        "Index Only Scan using payment_user_idx on payment"),
                Arguments.of(
                        PaymentQueries.OF_USER_WITH_STATUS,
                        LAST + ", 51, " + SOMEONE + ", 'succeeded'",
                        "Index Only Scan using payment_user_status_idx on payment"),
                Arguments.of(PaymentQueries.ALL, LAST + ", 51", "Index Scan Backward using payment_pk on payment"),
                Arguments.of(
                        PaymentQueries.ALL_WITH_STATUS,
                        LAST + ", 51, 'succeeded'",
                        "Index Scan using payment_status_idx on payment"),
                Arguments.of(PaymentStore.CLAIM, "now(), 1000, 20", "Index Scan using payment_call_due_idx on payment"),
                Arguments.of(
                        PaymentStore.CLAIM_REFUNDS,
                        "now(), 1000, 20",
                        "Index Scan using payment_refund_call_due_idx on payment_refund"),
                Arguments.of(
                        PaymentStore.LOCK_TOLD,
                        "'stripe', 'pi_1', " + SOMEONE,
                        "Bitmap Index Scan on payment_provider_ref_key"));
    }

    private static String plan(String statement, String parameters) {
        List<String> statements = new ArrayList<>(PAYMENTS);
        statements.add("PREPARE statement AS " + statement);
        statements.add("EXPLAIN EXECUTE statement(" + parameters + ")");
        return Plans.run(statements);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void everyStatementHasAnIndex(String statement, String parameters, String scan) {
        assertThat(plan(statement, parameters)).contains(scan).doesNotContain("Seq Scan");
    }

    @Test
    void aSortIsNeverNeeded() {
        for (String statement : List.of(PaymentQueries.OF_USER, PaymentQueries.OF_USER_WITH_STATUS)) {
            String status = statement.equals(PaymentQueries.OF_USER) ? "" : ", 'failed'";
            assertThat(plan(statement, LAST + ", 51, " + SOMEONE + status))
                    .contains("Index Only Scan")
                    .doesNotContain("Sort");
        }
    }
}
