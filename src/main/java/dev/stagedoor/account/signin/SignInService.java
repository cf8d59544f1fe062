package dev.stagedoor.account.signin;

import dev.stagedoor.account.UserService;
import dev.stagedoor.account.UserService.Registration;
import dev.stagedoor.account.UserView;
import dev.stagedoor.account.signin.SignInStore.Credential;
import dev.stagedoor.platform.context.Ids;
import dev.stagedoor.platform.context.Secrets;
import dev.stagedoor.platform.http.ApiException;
import dev.stagedoor.platform.http.Idempotency;
import dev.stagedoor.platform.http.Idempotency.Outcome;
import dev.stagedoor.platform.http.RateLimiter;
import dev.stagedoor.platform.http.RateLimiter.Policy;
import dev.stagedoor.platform.http.RateLimiter.Quota;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/** Registers users, signs them in, keeps them signed in and ends that. */
@ApplicationScoped
class SignInService {

    private static final int TOKEN_BYTES = 32;

    private final AuthConfig config;
    private final AccessTokens accessTokens;
    private final Passwords passwords;
    private final SignInStore store;
    private final UserService users;
    private final RateLimiter limiter;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Policy perAccount;
    private final Policy perAddress;

    SignInService(
            AuthConfig config,
            AccessTokens accessTokens,
            Passwords passwords,
            SignInStore store,
            UserService users,
            RateLimiter limiter,
            Ids ids,
            Clock clock) {
        this.config = config;
        this.accessTokens = accessTokens;
        this.passwords = passwords;
        this.store = store;
        this.users = users;
        this.limiter = limiter;
        this.ids = ids;
        this.clock = clock;
        this.perAccount = new Policy("sign-in-account", config.attemptsPerAccount(), config.attemptWindow());
        this.perAddress = new Policy("sign-in-address", config.attemptsPerAddress(), config.attemptWindow());
    }

    /** New tokens, and how many more sign-ins the account may try. */
    record SignedIn(TokensView tokens, Quota quota) {}

    Uni<Outcome<UserView>> register(RegisterRequest request, String address, Idempotency.Key key) {
        requireOwnSignIn();
        return attempt(perAddress, address)
                .chain(() -> passwords.hash(request.password()))
                .map(hash -> new Registration(request.username(), request.displayName(), hash))
                .chain(registration -> users.register(registration, key, request));
    }

    Uni<SignedIn> signIn(SignInRequest request, String address) {
        requireOwnSignIn();
        String account = request.username().toLowerCase(Locale.ROOT);
        return attempt(perAddress, address)
                .chain(() -> attempt(perAccount, account))
                .chain(quota -> authenticate(request).chain(this::begin).map(tokens -> new SignedIn(tokens, quota)));
    }

    private void requireOwnSignIn() {
        if (config.jwksUrl().isPresent()) {
            throw new ApiException(
                    404, "sign-in-elsewhere", "Users of this installation sign in at " + config.issuer());
        }
    }

    private Uni<Quota> attempt(Policy policy, String subject) {
        return limiter.attempt(policy, subject).invoke(quota -> {
            if (quota.isExceeded()) {
                throw quota.refusal();
            }
        });
    }

    private Uni<Credential> authenticate(SignInRequest request) {
        return store.findCredential(request.username())
                .chain(found -> passwords
                        .matches(request.password(), found == null ? null : found.passwordHash())
                        .map(matched -> requireMatched(matched, found)));
    }

    private static Credential requireMatched(boolean matched, Credential found) {
        if (!matched) {
            throw ApiException.unauthorized("The username or the password is wrong");
        }
        return found;
    }

    private Uni<TokensView> begin(Credential user) {
        String refreshToken = newRefreshToken();
        Instant now = clock.instant();
        return store.begin(
                        ids.next(),
                        user.userId(),
                        now,
                        Secrets.sha256(refreshToken),
                        now.plus(config.refreshTokenTtl()))
                .map(begun -> tokens(user, refreshToken));
    }

    Uni<TokensView> refresh(RefreshRequest request) {
        requireOwnSignIn();
        String next = newRefreshToken();
        Instant now = clock.instant();
        return store.rotate(
                        Secrets.sha256(request.refreshToken()),
                        now,
                        Secrets.sha256(next),
                        now.plus(config.refreshTokenTtl()))
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.unauthorized("The refresh token is not valid"))
                .map(user -> tokens(user, next));
    }

    /** Ends the sign-in of this token; what it is does not matter, so that nothing can be learned here. */
    Uni<Void> signOut(RefreshRequest request) {
        return store.end(Secrets.sha256(request.refreshToken()), clock.instant());
    }

    private TokensView tokens(Credential user, String refreshToken) {
        String accessToken = accessTokens.issue(user.userId(), user.username(), user.role());
        return new TokensView(
                accessToken, refreshToken, "Bearer", config.accessTokenTtl().toSeconds());
    }

    private String newRefreshToken() {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }
}
