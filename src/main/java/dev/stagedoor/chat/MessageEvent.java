package dev.stagedoor.chat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A message as listeners are told of it.
 *
 * @param change its number in the channel: who has heard all up to it syncs from there
 */
@RegisterForReflection
public record MessageEvent(@JsonUnwrapped MessageView message, long change) {}
