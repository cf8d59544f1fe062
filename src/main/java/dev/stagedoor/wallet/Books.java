package dev.stagedoor.wallet;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.wallet.Account.Kind;
import dev.stagedoor.wallet.Transfer.Leg;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Accounts as they are while a transaction has them locked, and what it posts to them; not stored by itself. */
final class Books {

    private final Map<Account, Standing> standings;
    private final Map<Account, Standing> changed = new HashMap<>();
    private final List<Transfer> transfers = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    Books(Map<Account, Standing> standings) {
        this.standings = new HashMap<>(standings);
    }

    /**
     * An account after its last entry.
     *
     * @param seq of that, 0 where it has none
     * @param changedAt when that was, at the earliest
     * @param isOfCreator whether its user can be tipped
     */
    record Standing(UUID id, long seq, long balance, Instant changedAt, boolean isOfCreator) {

        private Standing plus(long amount) {
            return new Standing(id, seq + 1, Math.addExact(balance, amount), changedAt, isOfCreator);
        }
    }

    /** One account's part in a transfer, and what the account is after it. */
    record Entry(Transfer transfer, Leg leg, Standing after) {}

    /**
     * Posts all legs of a transfer, or none.
     *
     * @throws ApiException 404 where an account's user does not exist, or is tipped and no creator; 409 where an account
     *     has not got what it gives
     */
    void post(Transfer transfer) {
        if (transfer.kind() == Transfer.Kind.TIP) {
            transfer.legs().stream().filter(leg -> leg.amount() > 0).forEach(this::requireCreator);
        }
        transfer.legs().forEach(this::requireCovered);
        transfers.add(transfer);
        transfer.legs().forEach(leg -> post(transfer, leg));
    }

    /** The commission goes to nobody. */
    private void requireCreator(Leg tipped) {
        Standing standing = standings.get(tipped.account());
        if (tipped.account().kind() == Kind.USER && (standing == null || !standing.isOfCreator())) {
            throw ApiException.notFound("creator");
        }
    }

    private void requireCovered(Leg leg) {
        Standing standing = standings.get(leg.account());
        if (standing == null) {
            throw ApiException.notFound("user");
        }
        if (standing.plus(leg.amount()).balance() < 0 && leg.account().kind() != Kind.ISSUANCE) {
            throw ApiException.conflict(
                    "insufficient-tokens", "This takes " + -leg.amount() + " tokens; there are " + standing.balance());
        }
    }

    private void post(Transfer transfer, Leg leg) {
        Standing standing = standings.get(leg.account()).plus(leg.amount());
        standings.put(leg.account(), standing);
        changed.put(leg.account(), standing);
        entries.add(new Entry(transfer, leg, standing));
    }

    long balance(Account account) {
        return standings.get(account).balance();
    }

    /** When the last entry was of all these accounts. */
    Instant newest() {
        return standings.values().stream()
                .map(Standing::changedAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    List<Transfer> transfers() {
        return transfers;
    }

    List<Entry> entries() {
        return entries;
    }

    Collection<Standing> changed() {
        return changed.values();
    }
}
