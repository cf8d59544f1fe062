package dev.stagedoor.account.signin;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Takes authentication off the event loop where it may have to fetch the keys of another issuer. */
public final class JwksConfigSourceFactory implements ConfigSourceFactory {

    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue url = context.getValue("stagedoor.auth.jwks-url");
        if (url == null || url.getValue() == null) {
            return List.of();
        }
        Map<String, String> settings = Map.of("quarkus.smallrye-jwt.blocking-authentication", "true");
        return List.of(new PropertiesConfigSource(settings, "keys of another issuer", ORDINAL));
    }
}
