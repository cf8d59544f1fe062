package dev.stagedoor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MentionsTest {

    @Test
    void namesAreFoundWhereverTheyStandAndWhateverTheirCase() {
        assertThat(Mentions.in("@Ada and (@bob.b-c_d), @EVE!\n@dan"))
                .isEqualTo(Set.of("ada", "bob.b-c_d", "eve", "dan"));
    }

    @Test
    void theDotBehindANameIsTheSentences() {
        assertThat(Mentions.in("Ask @ada. Or @bob...")).isEqualTo(Set.of("ada", "bob"));
    }

    @Test
    void whatIsNoNameIsNoMention() {
        assertThat(Mentions.in("ada@example.org @@bob @ada@example.org @ab @ é@eve -@dan @—"))
                .isEqualTo(Set.of("ada"));
    }

    @Test
    void theFirstFiftyAreHeard() {
        String all = IntStream.range(0, 80).mapToObj(i -> "@name" + i).collect(Collectors.joining(" "));

        assertThat(Mentions.in(all)).hasSize(50).contains("name0", "name49");
    }
}
