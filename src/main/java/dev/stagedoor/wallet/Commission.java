package dev.stagedoor.wallet;

import dev.stagedoor.wallet.Transfer.Leg;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;

/** What of a payment to a user is the platform's. */
@ApplicationScoped
class Commission {

    private static final long WHOLE = 10_000;

    private final int basisPoints;

    Commission(WalletConfig config) {
        this.basisPoints = config.commissionBasisPoints();
    }

    /** What an account pays a user, as three legs or two. */
    List<Leg> split(Account from, UUID payeeId, long amount) {
        long commission = BigInteger.valueOf(amount)
                .multiply(BigInteger.valueOf(basisPoints))
                .divide(BigInteger.valueOf(WHOLE))
                .longValueExact();
        return List.of(
                new Leg(from, -amount),
                new Leg(Account.user(payeeId), amount - commission),
                new Leg(Account.REVENUE, commission));
    }
}
