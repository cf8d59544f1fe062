package dev.stagedoor.platform.http;

/** The precondition headers of a PUT (RFC 9110, section 13.1); each may be null. */
public record Preconditions(String ifMatch, String ifNoneMatch) {}
