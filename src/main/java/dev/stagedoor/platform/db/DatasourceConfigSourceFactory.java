package dev.stagedoor.platform.db;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Translates {@code DATABASE_URL} and {@code DATABASE_READ_URL} into the settings of the pools. */
public final class DatasourceConfigSourceFactory implements ConfigSourceFactory {

    private static final String NAME = "database URLs";

    /** Above application.properties (250), below the environment (300): a single setting can still be overridden. */
    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String primary = value(context, "stagedoor.database.url");
        if (primary == null) {
            return List.of();
        }
        String read = value(context, "stagedoor.database.read-url");
        DatabaseUrl primaryUrl = parse("DATABASE_URL", primary);
        Map<String, String> settings = new HashMap<>(pool("quarkus.datasource", primaryUrl));
        settings.put("quarkus.datasource.jdbc.url", primaryUrl.jdbc());
        settings.put("stagedoor.database.pool-timeout", primaryUrl.poolTimeout().toMillis() + "ms");
        settings.putAll(
                pool("quarkus.datasource.\"read\"", read == null ? primaryUrl : parse("DATABASE_READ_URL", read)));
        return List.of(new PropertiesConfigSource(settings, NAME, ORDINAL));
    }

    private static String value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null || value.getValue().isBlank() ? null : value.getValue();
    }

    private static DatabaseUrl parse(String setting, String url) {
        try {
            return DatabaseUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> pool(String prefix, DatabaseUrl url) {
        return Map.of(
                prefix + ".username", url.user(),
                prefix + ".password", url.password(),
                prefix + ".reactive.url", url.reactive(),
                prefix + ".reactive.max-size", Integer.toString(url.connectionLimit()),
                prefix + ".reactive.postgresql.ssl-mode", url.sslMode());
    }
}
