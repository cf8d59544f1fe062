package dev.stagedoor.analytics.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts samples. */
@ApplicationScoped
class SampleMeters {

    private final Counter stored;
    private final Counter repeated;
    private final Counter refused;
    private final DistributionSummary together;

    SampleMeters(MeterRegistry registry) {
        this.stored = counter(registry, "stored");
        this.repeated = counter(registry, "repeated");
        this.refused = counter(registry, "refused");
        this.together = DistributionSummary.builder("samples_together")
                .description("Samples that were written in one transaction")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("samples")
                .tag("outcome", outcome)
                .description("Samples that were sent, by what became of them")
                .register(registry);
    }

    /** What became of those that were written together. */
    void written(int offered, int fresh, int refusals) {
        together.record(offered);
        stored.increment(fresh);
        repeated.increment(offered - fresh - refusals);
        refused.increment(refusals);
    }

    /** That these were refused before they were written. */
    void refused(int count) {
        refused.increment(count);
    }
}
