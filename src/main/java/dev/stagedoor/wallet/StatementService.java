package dev.stagedoor.wallet;

import dev.stagedoor.platform.http.AskedTime;
import dev.stagedoor.wallet.WalletQueries.Opening;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes statements as CSV (RFC 4180), as fast as they are read; nothing in them needs quotes. */
@ApplicationScoped
class StatementService {

    private static final int PAGE = 2_000;
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private static final String HEADER = "seq,time,kind,amount,balance,transfer_id,counterparty_id,subject_id\n";

    private final WalletQueries queries;

    StatementService(WalletQueries queries) {
        this.queries = queries;
    }

    /** The header, the opening balance, the entries and the closing balance; each item has whole lines. */
    Multi<String> lines(UUID userId, AskedTime time) {
        Instant from = time.from() == null ? Instant.EPOCH : time.from();
        return queries.opening(userId, from)
                .onItem()
                .transformToMulti(opening -> lines(userId, opening, time.to() == null ? END : time.to()));
    }

    private Multi<String> lines(UUID userId, Opening opening, Instant until) {
        AtomicReference<Opening> last = new AtomicReference<>(opening);
        Multi<String> entries = pages(userId, last, until).map(StatementService::lines);
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(HEADER + balance("opening", opening)),
                        entries,
                        Multi.createFrom().item(() -> balance("closing", last.get())));
    }

    private Multi<List<EntryView>> pages(UUID userId, AtomicReference<Opening> last, Instant until) {
        return Multi.createBy().repeating().uni(() -> page(userId, last, until)).whilst(page -> page.size() == PAGE);
    }

    private Uni<List<EntryView>> page(UUID userId, AtomicReference<Opening> last, Instant until) {
        return queries.statement(userId, last.get().seq(), until, PAGE).invoke(page -> advance(last, page));
    }

    private static void advance(AtomicReference<Opening> last, List<EntryView> page) {
        if (!page.isEmpty()) {
            EntryView newest = page.get(page.size() - 1);
            last.set(new Opening(newest.seq(), newest.balance()));
        }
    }

    private static String balance(String name, Opening at) {
        return line(at.seq(), null, name, null, at.balance(), null, null, null);
    }

    private static String lines(List<EntryView> entries) {
        return entries.stream()
                .map(entry -> line(
                        entry.seq(),
                        entry.createdAt(),
                        entry.kind(),
                        entry.amount(),
                        entry.balance(),
                        entry.transferId(),
                        entry.counterpartyId(),
                        entry.subjectId()))
                .collect(Collectors.joining());
    }

    private static String line(Object... fields) {
        return Stream.of(fields)
                .map(field -> field == null ? "" : field.toString())
                .collect(Collectors.joining(",", "", "\n"));
    }
}
