package dev.stagedoor.wallet.payment.stripe;

import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.lifecycle.ProductionCheck;
import dev.stagedoor.wallet.payment.Fact;
import dev.stagedoor.wallet.payment.Payment;
import dev.stagedoor.wallet.payment.PaymentProvider;
import dev.stagedoor.wallet.payment.ProviderAwayException;
import dev.stagedoor.wallet.payment.ProviderName;
import dev.stagedoor.wallet.payment.Refund;
import dev.stagedoor.wallet.payment.Terms;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Has Stripe move the money: payment intents for purchases, transfers to connected accounts for cash-outs. */
@ApplicationScoped
class StripeProvider implements PaymentProvider, ProductionCheck {

    private static final Pattern CONNECTED_ACCOUNT = Pattern.compile("acct_[A-Za-z0-9]{1,64}");

    /** Stripe remembers what an idempotency key was for during 24 hours; later, a repeated call may be another one. */
    private static final Duration REMEMBERED = Duration.ofHours(23);

    /** Nothing came of it while Stripe could be asked again. */
    private static final String GIVEN_UP = "provider_unavailable";

    private static final int LISTED = 100;

    private final StripeConfig config;
    private final StripeApi api;
    private final StripeFailures failures;
    private final Clock clock;

    StripeProvider(StripeConfig config, @RestClient StripeApi api, StripeFailures failures, Clock clock) {
        this.config = config;
        this.api = api;
        this.failures = failures;
        this.clock = clock;
    }

    @Override
    public ProviderName name() {
        return ProviderName.STRIPE;
    }

    @Override
    public boolean isEnabled() {
        return config.secretKey().isPresent();
    }

    @Override
    public boolean isDecidedHere() {
        return false;
    }

    @Override
    public List<String> findings() {
        return isEnabled() && config.webhookSecrets().isEmpty()
                ? List.of(
                        "STRIPE_WEBHOOK_SECRETS is needed with STRIPE_SECRET_KEY, or no payment is ever seen to succeed")
                : List.of();
    }

    @Override
    public void requireDestination(String destination) {
        if (!CONNECTED_ACCOUNT.matcher(destination).matches()) {
            throw ApiException.invalid("destination", "must be the id of a connected account, acct_…");
        }
    }

    /** A payment intent of which nobody knows the client secret is never paid: so it may be given up. */
    @Override
    public Uni<Asked> purchase(Payment payment) {
        if (payment.providerRef() == null && isForgotten(payment.createdAt())) {
            return Uni.createFrom().item(new Asked(Fact.failed(GIVEN_UP, null), null));
        }
        return createIntent(payment)
                .map(intent -> new Asked(intent.intentFact(), intent.clientSecret()))
                .onFailure(StripeRefusedException.class)
                .recoverWithItem(refusal -> new Asked(refused(refusal), null));
    }

    private Uni<StripeObject> createIntent(Payment payment) {
        Terms terms = payment.terms();
        return call(key ->
                api.createPaymentIntent(key, payment.id(), terms.amount(), terms.currency(), payment.id(), true));
    }

    private static Fact refused(Throwable refusal) {
        return Fact.failed(refusal.getMessage(), null);
    }

    /** A transfer has happened or not: where Stripe might make another one of a repeated call, it is looked for. */
    @Override
    public Uni<Asked> cashOut(Payment payment) {
        Uni<Fact> fact = isForgotten(payment.createdAt()) ? findTransfer(payment) : createTransfer(payment);
        return fact.map(known -> new Asked(known, null));
    }

    private Uni<Fact> createTransfer(Payment payment) {
        Terms terms = payment.terms();
        return call(key -> api.createTransfer(
                        key,
                        payment.id(),
                        terms.amount(),
                        terms.currency(),
                        terms.destination(),
                        payment.id(),
                        payment.id()))
                .map(StripeObject::transferFact)
                .onFailure(StripeRefusedException.class)
                .recoverWithItem(StripeProvider::refused);
    }

    private Uni<Fact> findTransfer(Payment payment) {
        return call(key -> api.listTransfers(key, payment.id(), 1))
                .map(found -> found.data().stream()
                        .map(StripeObject::transferFact)
                        .findFirst()
                        .orElseGet(() -> Fact.failed(GIVEN_UP, null)));
    }

    /** Stripe says itself whether it is too late. */
    @Override
    public Uni<Fact> cancel(Payment payment) {
        return payment.providerRef() == null
                ? createIntent(payment)
                        .chain(intent -> cancelIntent(intent.id()))
                        .onFailure(StripeRefusedException.class)
                        .recoverWithItem(StripeProvider::refused)
                : cancelIntent(payment.providerRef());
    }

    private Uni<Fact> cancelIntent(String id) {
        return call(key -> api.cancelPaymentIntent(key, id, "requested_by_customer"))
                .map(StripeObject::intentFact)
                .onFailure(StripeRefusedException.class)
                .recoverWithItem(refusal -> stateAt(refusal));
    }

    private static Fact stateAt(StripeRefusedException refusal) {
        StripeObject intent = refusal.reason().paymentIntent();
        if (intent == null) {
            throw new ProviderAwayException("Stripe does not say what to cancel is: " + refusal.getMessage());
        }
        return intent.intentFact();
    }

    /** As a transfer, it has happened or not. */
    @Override
    public Uni<Fact> refund(Payment payment, Refund refund) {
        return isForgotten(madeAt(UUID.fromString(refund.ref())))
                ? findRefund(payment, refund)
                : createRefund(payment, refund);
    }

    private Uni<Fact> createRefund(Payment payment, Refund refund) {
        return call(key -> api.createRefund(
                        key, refund.ref(), payment.providerRef(), refund.amount(), payment.id(), refund.ref()))
                .map(StripeObject::refundFact)
                .onFailure(StripeRefusedException.class)
                .recoverWithItem(refusal -> refused(payment, refund));
    }

    private Uni<Fact> findRefund(Payment payment, Refund refund) {
        return call(key -> api.listRefunds(key, payment.providerRef(), LISTED))
                .map(found -> found.data().stream()
                        .filter(listed -> listed.isRefund(refund.ref()))
                        .map(StripeObject::refundFact)
                        .findFirst()
                        .orElseGet(() -> refused(payment, refund)));
    }

    private static Fact refused(Payment payment, Refund refund) {
        return Fact.refund(new Refund(refund.ref(), refund.amount(), Refund.State.REFUSED), payment.providerRef());
    }

    /** Stripe wants it stored nowhere: so it is asked for it. */
    @Override
    public Uni<String> clientSecret(Payment payment) {
        return call(key -> api.getPaymentIntent(key, payment.providerRef()))
                .map(StripeObject::clientSecret)
                .onFailure(StripeRefusedException.class)
                .recoverWithNull();
    }

    /** With our key; of a payment that was asked for when there was one, there may be none any more. */
    private <T> Uni<T> call(Function<String, Uni<T>> call) {
        return Uni.createFrom()
                .deferred(() -> call.apply("Bearer "
                        + config.secretKey()
                                .orElseThrow(() -> new ProviderAwayException("it has not been given a key"))))
                .onFailure()
                .transform(failures::of);
    }

    private boolean isForgotten(Instant firstAsked) {
        return firstAsked.plus(REMEMBERED).isBefore(clock.instant());
    }

    /** An id of version 7 begins with its time, in milliseconds. */
    private static Instant madeAt(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
