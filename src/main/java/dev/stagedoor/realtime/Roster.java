package dev.stagedoor.realtime;

import dev.stagedoor.realtime.presence.Presence;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is present in a topic, as of the last publication that went on. Not safe for threads. */
final class Roster {

    private final Map<String, Member> members = new LinkedHashMap<>();

    void begin(Collection<Member> present) {
        members.clear();
        present.forEach(member -> members.put(member.userId(), member));
    }

    void apply(Publication publication) {
        switch (publication.name()) {
            case Presence.ADDED -> add(Member.of(publication.data()));
            case Presence.REMOVED ->
                members.remove(Member.of(publication.data()).userId());
            default -> {}
        }
    }

    private void add(Member member) {
        members.put(member.userId(), member);
    }

    List<Member> members() {
        return List.copyOf(members.values());
    }
}
