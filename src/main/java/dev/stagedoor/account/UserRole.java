package dev.stagedoor.account;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of user someone is. */
public enum UserRole {
    @JsonProperty("user")
    USER,
    @JsonProperty("admin")
    ADMIN;

    /** The form in the database, in tokens and in JSON. */
    public String wireName() {
        return this == ADMIN ? "admin" : "user";
    }

    public static UserRole of(String wireName) {
        return "admin".equals(wireName) ? ADMIN : USER;
    }
}
