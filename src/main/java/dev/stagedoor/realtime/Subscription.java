package dev.stagedoor.realtime;

import java.util.ArrayDeque;
import java.util.List;

/** That a receiver listens to a topic. To be used on the receiver's context. */
public final class Subscription {

    /** Messages that may come while others are still replayed. */
    private static final int MAX_HELD = 10_000;

    private final LiveTopic topic;
    private final Receiver receiver;
    private final Position position;
    private List<Member> members;
    private Replay replay;
    private ArrayDeque<Message> held = new ArrayDeque<>(0);
    private boolean isCancelled;

    Subscription(LiveTopic topic, Receiver receiver, Position position, List<Member> members) {
        this.topic = topic;
        this.receiver = receiver;
        this.position = position;
        this.members = members;
    }

    public String topic() {
        return topic.name();
    }

    /** Where the topic was when this began to listen. */
    public Position position() {
        return position;
    }

    /** Who was present then; after {@link #start}, who is now. */
    public List<Member> members() {
        return members == null ? topic.members() : members;
    }

    /** Whether all that was missed since the position that was asked for comes first; false where none was asked for. */
    public boolean isRecovered() {
        return replay != null;
    }

    void replaying(Replay recovered) {
        this.replay = recovered;
    }

    /** Lets messages through: what was missed, then what came meanwhile, then what comes. Nothing comes before. */
    public void start() {
        members = null;
        if (replay == null) {
            release();
        } else {
            replay.run(this);
        }
    }

    void release() {
        ArrayDeque<Message> waiting = held;
        held = null;
        waiting.forEach(this::pass);
    }

    /** Ends it; nothing comes any more. */
    public void cancel() {
        if (!isCancelled) {
            isCancelled = true;
            topic.detach(this);
        }
    }

    boolean isCancelled() {
        return isCancelled;
    }

    Receiver receiver() {
        return receiver;
    }

    void receive(Message message) {
        if (message instanceof Publication publication
                && !publication.position().isAfter(position)) {
            return;
        }
        if (held == null) {
            pass(message);
        } else if (held.size() < MAX_HELD) {
            held.add(message);
        } else {
            missed();
        }
    }

    void pass(Message message) {
        if (!isCancelled) {
            receiver.receive(this, message);
        }
    }

    void missed() {
        if (!isCancelled) {
            receiver.missed(this);
        }
    }
}
