package dev.stagedoor.wallet;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** What moving tokens costs. */
@ConfigMapping(prefix = "stagedoor.wallet")
interface WalletConfig {

    /** What the platform keeps of tips and sessions, in hundredths of a percent, rounded down to whole tokens. */
    @WithDefault("0")
    @Min(0)
    @Max(10_000)
    int commissionBasisPoints();
}
