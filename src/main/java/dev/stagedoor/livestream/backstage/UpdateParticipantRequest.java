package dev.stagedoor.livestream.backstage;

/** What is absent stays as it is. */
record UpdateParticipantRequest(ParticipantRole role, ParticipantState state, Boolean muted) {}
