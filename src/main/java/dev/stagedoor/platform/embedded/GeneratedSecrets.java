package dev.stagedoor.platform.embedded;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;

/** The secrets of an installation that was given none: made once, kept in the data folder, readable by its owner. */
public final class GeneratedSecrets {

    private static final int SECRET_BYTES = 32;

    private static final Map<String, Supplier<String>> SECRETS = Map.of(
            "stagedoor.secret", GeneratedSecrets::randomSecret,
            "stagedoor.auth.private-key", GeneratedSecrets::randomKey,
            "pusher.app.secret", GeneratedSecrets::randomSecret);

    private GeneratedSecrets() {}

    /** The settings, read from the folder or made and written there. */
    public static Map<String, String> loadOrCreate(Path folder) {
        Path file = folder.resolve("secrets.properties");
        try {
            Map<String, String> known = Files.exists(file) ? load(file) : Map.of();
            if (!known.keySet().containsAll(SECRETS.keySet())) {
                complete(file, known);
            }
            return load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("No secrets in " + file, e);
        }
    }

    private static Map<String, String> load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    /** With those that an earlier version did not need. */
    private static void complete(Path file, Map<String, String> known) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Properties properties = new Properties();
        SECRETS.forEach((name, random) ->
                properties.setProperty(name, known.containsKey(name) ? known.get(name) : random.get()));
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(writer, "Generated at the first start; whoever has this can sign in as anyone");
        }
    }

    private static String randomSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private static String randomKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
            return Base64.getEncoder().encodeToString(pkcs8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
