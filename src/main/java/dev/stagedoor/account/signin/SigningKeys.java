package dev.stagedoor.account.signin;

import dev.stagedoor.platform.lifecycle.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;

/** The keys with which access tokens are signed here, and by which they are known again. */
@ApplicationScoped
class SigningKeys implements ProductionCheck {

    private final AuthConfig config;
    private final List<SigningKey> keys;

    SigningKeys(AuthConfig config) {
        this.config = config;
        this.keys = config.privateKey().orElse(List.of()).stream()
                .filter(encoded -> !encoded.startsWith(PLACEHOLDER))
                .map(SigningKey::of)
                .toList();
    }

    /**
     * A key pair.
     *
     * @param id the key's thumbprint (RFC 7638), so that the same key has the same id on every node
     */
    record SigningKey(String id, ECPrivateKey privateKey, ECPublicKey publicKey) {

        static SigningKey of(String encoded) {
            try {
                ECPrivateKey privateKey = decode(encoded);
                ECPublicKey publicKey = PublicKeys.of(privateKey);
                EllipticCurveJsonWebKey jwk = new EllipticCurveJsonWebKey(publicKey);
                return new SigningKey(jwk.calculateBase64urlEncodedThumbprint("SHA-256"), privateKey, publicKey);
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // The cause may quote the key.
                throw new IllegalArgumentException("stagedoor.auth.private-key is not an EC key on P-256 as PKCS #8");
            }
        }

        private static ECPrivateKey decode(String encoded) throws GeneralSecurityException {
            String base64 = encoded.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\\\n|\\s", "");
            ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
            if (!key.getParams().getCurve().equals(EllipticCurves.P256.getCurve())) {
                throw new GeneralSecurityException("not on P-256");
            }
            return key;
        }

        Map<String, Object> toJwk() {
            EllipticCurveJsonWebKey jwk = new EllipticCurveJsonWebKey(publicKey);
            jwk.setKeyId(id);
            jwk.setUse("sig");
            jwk.setAlgorithm("ES256");
            return jwk.toParams(OutputControlLevel.PUBLIC_ONLY);
        }
    }

    SigningKey current() {
        return keys.stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("STAGEDOOR_AUTH_PRIVATE_KEY is not set"));
    }

    List<SigningKey> all() {
        return keys;
    }

    Optional<SigningKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public List<String> findings() {
        return keys.isEmpty() && config.jwksUrl().isEmpty()
                ? List.of("STAGEDOOR_AUTH_PRIVATE_KEY is not set; see the README for how to make a key, or set"
                        + " STAGEDOOR_AUTH_JWKS_URL to sign in at another issuer")
                : List.of();
    }
}
