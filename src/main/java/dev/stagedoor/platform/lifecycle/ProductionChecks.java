package dev.stagedoor.platform.lifecycle;

import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Refuses to start in production while any check finds something. */
@ApplicationScoped
class ProductionChecks {

    private static final int BEFORE_OTHER_OBSERVERS = 1;

    private final List<ProductionCheck> checks;
    private final LaunchMode mode;

    ProductionChecks(@All List<ProductionCheck> checks, LaunchMode mode) {
        this.checks = checks;
        this.mode = mode;
    }

    void onStart(@Observes @Priority(BEFORE_OTHER_OBSERVERS) StartupEvent event) {
        if (mode != LaunchMode.NORMAL) {
            return;
        }
        List<String> findings =
                checks.stream().flatMap(check -> check.findings().stream()).toList();
        if (!findings.isEmpty()) {
            throw new ConfigurationException("Stagedoor does not start:\n - " + String.join("\n - ", findings));
        }
    }
}
