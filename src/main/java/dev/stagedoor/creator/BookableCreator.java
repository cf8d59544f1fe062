package dev.stagedoor.creator;

import java.util.UUID;

/** What a booking needs to know of a creator: what a session costs, how long it lasts, and when it may be. */
public record BookableCreator(UUID id, long priceTokens, int sessionMinutes, Schedule schedule) {}
