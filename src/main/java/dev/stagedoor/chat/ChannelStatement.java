package dev.stagedoor.chat;

/** What more than one store does to a channel. */
public final class ChannelStatement {

    /** Until the transaction ends, nobody else changes who is in the channel, or what is said there. */
    public static final String LOCK = "SELECT FROM channel WHERE id = $1 FOR NO KEY UPDATE";

    private ChannelStatement() {}
}
