package dev.stagedoor.wallet;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/** A transfer that was posted, as it is remembered for repetitions of its request. */
@RegisterForReflection
record PostedView(UUID id, Instant createdAt) {}
