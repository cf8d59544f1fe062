package dev.stagedoor.chat;

/** What more than one store does to a channel. */
public final class ChannelStatement {

    /** Until the transaction ends, nobody else changes who is in the channel, or what is said there. */
    public static final String LOCK = "SELECT FROM channel WHERE id = $1 FOR NO KEY UPDATE";

    /** The stream, if any, whose chat channel {@code $1} is, and whether it admits what user {@code $3} says. */
    static final String SHOW = """
            SELECT s.id, s.live, s.chat_enabled, s.chat_slow_mode_seconds,
                   NOT s.chat_members_only OR EXISTS (
                       SELECT FROM stream_participant p
                       WHERE p.stream_id = s.id AND p.user_id = $3 AND p.state NOT IN ('invited', 'left')
                   ) AS admits
            FROM channel c JOIN live_stream s ON s.id = c.stream_id
            WHERE c.id = $1
            """;

    /** What {@link Floor} is read from, of channel {@code c} and {@link #SHOW} as {@code show}. */
    static final String FLOOR =
            "c.visibility <> 'stream' OR coalesce(show.chat_enabled, false) AS is_on, coalesce(show.admits, true) AS admits";

    private ChannelStatement() {}
}
