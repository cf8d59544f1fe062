package dev.stagedoor.account.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stagedoor.support.EmbeddedServices;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Takes a genuine access token apart and puts others together, byte by byte: no library would make most of them. */
public final class Forger {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String genuine;

    Forger(String genuine) {
        this.genuine = genuine;
    }

    /** Signs the first two parts of a token. */
    interface Signer {
        byte[] sign(byte[] content) throws GeneralSecurityException;
    }

    String genuine() {
        return genuine;
    }

    String part(int index) {
        return genuine.split("\\.", -1)[index];
    }

    /** The header of the genuine token, changed. */
    ObjectNode header(Consumer<ObjectNode> change) {
        return changed(0, change);
    }

    /** The claims of the genuine token, changed. */
    ObjectNode claims(Consumer<ObjectNode> change) {
        return changed(1, change);
    }

    private ObjectNode changed(int part, Consumer<ObjectNode> change) {
        try {
            ObjectNode json = (ObjectNode)
                    MAPPER.readTree(new String(Base64.getUrlDecoder().decode(part(part)), StandardCharsets.UTF_8));
            change.accept(json);
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String token(JsonNode header, JsonNode claims, Signer signer) {
        try {
            String content = encode(header.toString()) + "." + encode(claims.toString());
            return content + "." + encode(signer.sign(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Signer es256(PrivateKey key) {
        return content -> {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        };
    }

    static Signer hs256(byte[] secret) {
        return content -> {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(content);
        };
    }

    static PrivateKey privateKey(String base64Pkcs8) {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64Pkcs8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key that the service under test signs with. */
    static PrivateKey ownKey() {
        return privateKey(EmbeddedServices.settings().get("stagedoor.auth.private-key"));
    }

    /** A token of the service as a genuine one, but for its end. */
    public static String expiringAt(String genuine, Instant end) {
        Forger forger = new Forger(genuine);
        return token(
                forger.header(header -> {}),
                forger.claims(claims -> claims.put("exp", end.getEpochSecond())),
                es256(ownKey()));
    }

    static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
