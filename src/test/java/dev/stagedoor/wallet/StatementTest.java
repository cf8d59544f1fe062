package dev.stagedoor.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagedoor.support.Api;
import dev.stagedoor.support.Api.Person;
import dev.stagedoor.support.StagedoorTest;
import dev.stagedoor.support.Tokens;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

@StagedoorTest
class StatementTest {

    private static final String CSV = Tokens.ENTRIES + "/csv";

    private static List<String[]> lines(Person person, String query) {
        String csv = person.request()
                .get(CSV + query)
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();
        List<String[]> lines =
                Arrays.stream(csv.split("\n")).map(line -> line.split(",", -1)).toList();
        assertThat(lines.get(0))
                .containsExactly(
                        "seq", "time", "kind", "amount", "balance", "transfer_id", "counterparty_id", "subject_id");
        return lines.subList(1, lines.size());
    }

    private static void assertBalances(List<String[]> lines, long opening, long closing) {
        String[] first = lines.get(0);
        String[] last = lines.get(lines.size() - 1);
        assertThat(first[2] + " " + first[4]).isEqualTo("opening " + opening);
        assertThat(last[2] + " " + last[4]).isEqualTo("closing " + closing);
        long balance = opening;
        for (String[] line : lines.subList(1, lines.size() - 1)) {
            balance += Long.parseLong(line[3]);
            assertThat(Long.parseLong(line[4])).isEqualTo(balance);
        }
        assertThat(balance).isEqualTo(closing);
    }

    @Test
    void aStatementBalances() {
        Person fan = Tokens.rich(100);
        Person creator = Tokens.creator();
        for (int i = 1; i <= 5; i++) {
            Tokens.tip(fan, creator, i).then().statusCode(201);
        }

        List<String[]> lines = lines(fan, "");

        assertThat(lines).hasSize(8);
        assertThat(lines.get(2)[6]).isEqualTo(creator.id());
        assertBalances(lines, 0, 85);
    }

    @Test
    void aStatementOfSomeTimeBeginsWithWhatThereWasBefore() {
        Person fan = Tokens.rich(100);
        Person creator = Tokens.creator();
        Tokens.tip(fan, creator, 10).then().statusCode(201);
        String from = Tokens.tip(fan, creator, 20).path("createdAt");
        String to = Tokens.tip(fan, creator, 30).path("createdAt");

        List<String[]> lines = lines(fan, "?from=" + from + "&to=" + to);

        assertThat(lines).hasSize(3);
        assertBalances(lines, 90, 70);
    }

    @Test
    void aStatementOfWhoHasNothingIsEmptyAndBalances() {
        assertBalances(lines(Api.signUp(), ""), 0, 0);
    }

    @Test
    void whatIsNoTimeIsRefused() {
        Api.signUp().request().get(CSV + "?from=yesterday").then().statusCode(400);
        Api.request().get(CSV).then().statusCode(401);
    }
}
