package dev.stagedoor.realtime;

/** What a receiver gets of a topic. */
public sealed interface Message permits Publication, Signal {

    String topic();

    String name();

    /** JSON; of what servers publish to channels of theirs, any text. */
    String data();

    /** The socket that is not told, or null. */
    String exceptSocket();

    /** This message in a door's form, made once for all receivers. */
    <T> T as(Encoding<T> encoding);

    /** A door's form of messages. Each is one object that lives as long as the process. */
    interface Encoding<T> {

        T encode(Message message);
    }
}
