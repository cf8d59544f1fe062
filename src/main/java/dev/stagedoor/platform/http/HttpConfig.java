package dev.stagedoor.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of the HTTP surface. */
@ConfigMapping(prefix = "stagedoor.http")
interface HttpConfig {

    /** Largest request body, in bytes; batches and archives have their own limits. */
    @WithDefault("1M")
    MemorySize maxBodySize();

    /** Largest batch of samples, in bytes, also once it is unpacked. */
    @WithDefault("10M")
    MemorySize maxBatchSize();

    /** Largest archive that may be uploaded, in bytes. */
    @WithDefault("16G")
    MemorySize maxArchiveSize();

    /** Largest sum of a request's header names and values, in bytes. */
    @WithDefault("16K")
    MemorySize maxHeaderSize();

    /** Longest request target, in bytes. */
    @WithDefault("8K")
    MemorySize maxTargetSize();
}
