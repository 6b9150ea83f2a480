package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.consensus.work.Difficulty;
import org.naivechain.consensus.work.MinedChain;
import org.naivechain.consensus.work.WorkRules;
import org.naivechain.protocol.PeerId;

/** A node's file with 100 mined blocks, at 16 attempts for each of the first, and what is done to it with another program. */
class SealedChainFileTest {
    private static final Difficulty DIFFICULTY = Difficulty.of(Duration.ofSeconds(10), 16);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(100_000_000));
    private static final String WORDS = "proof of work, a block in 10000 ms, 16 attempts at first";

    private final MinedChain chain = new MinedChain(DIFFICULTY, 1_000);

    @TempDir
    private Path directory;

    @BeforeEach
    void file() throws Exception {
        write(WORDS, blocks(100));
    }

    private List<Block> blocks(int count) {
        List<Block> blocks = new ArrayList<>(List.of(Block.GENESIS));
        for (int i = 0; i < count; i++) {
            blocks.add(chain.next("text"));
        }
        return blocks;
    }

    private void write(String rules, List<Block> blocks) throws Exception {
        try (DataDirectory made = DataDirectory.open(directory)) {
            if (made.knownId().isEmpty()) {
                made.own(new PeerId("miner"), rules);
            }
            made.blocks().write(0, blocks);
        }
    }

    private Path path() {
        return directory.resolve("naivechain.db");
    }

    private String verdict() throws Exception {
        return ChainFile.verify(path(), words -> WorkRules.ofWords(words, CLOCK))
                .verdict()
                .toString();
    }

    @Test
    void sealsAreCheckedByTheRulesThatTheFileRemembers() throws Exception {
        assertThat(WorkRules.inWords(DIFFICULTY)).isEqualTo(WORDS);
        assertThat(verdict()).isEqualTo("sound");
    }

    /** As after a reorganisation; with votes it would have lost its end. */
    @Test
    void aChainThatHasBecomeShorterIsSound() throws Exception {
        MinedChain other = new MinedChain(DIFFICULTY, 1_000);

        write(WORDS, List.of(Block.GENESIS, other.next("heavier")));

        assertThat(verdict()).isEqualTo("sound");
    }

    @Test
    void anAlteredSealIsFound() throws Exception {
        TestFile.alter(path(), "UPDATE blocks SET seal = seal || '1' WHERE position = 40");

        assertThat(verdict()).startsWith("block 40: curr_hash must be ");
    }

    @Test
    void aHashThatExceedsTheTargetIsFound() throws Exception {
        MinedChain other = new MinedChain(DIFFICULTY, 1_000);
        write(
                WORDS,
                List.of(Block.GENESIS, other.next("text"), other.nextThatMissesItsTarget("text"), other.next("text")));

        assertThat(verdict()).startsWith("block 2: curr_hash must not exceed the target 0fff");
    }

    @Test
    void aTargetThatIsTooEasyIsFound() throws Exception {
        TestFile.alter(path(), "UPDATE node SET value = replace(value, '16', '17') WHERE name = 'rules'");

        assertThat(verdict()).startsWith("block 1: target must be 0f0f");
    }

    @Test
    void aBlockWithoutASealIsFound() throws Exception {
        List<Block> blocks = new ArrayList<>(List.of(Block.GENESIS, new MinedChain(DIFFICULTY, 1_000).next("text")));
        blocks.add(blocks.get(1).next(BlockData.of("text")));
        write(WORDS, blocks);

        assertThat(verdict()).isEqualTo("block 2: seal must be one of proof of work: seal=none");
    }

    @Test
    void aLinkThatDoesNotFitIsFoundAsInEveryChain() throws Exception {
        TestFile.alter(path(), "UPDATE blocks SET data = '\"other\"' WHERE position = 70");

        assertThat(verdict()).startsWith("block 70: curr_hash must be ");
    }

    @Test
    void whereTheFileRemembersNoRulesNoBlockHasASeal() throws Exception {
        TestFile.alter(path(), "DELETE FROM node WHERE name = 'rules'");

        assertThat(verdict()).startsWith("block 1: a block of this network has no seal: seal=work:1000:0fff");
    }

    @Test
    void rulesThatNobodyKnowsAreTold() {
        TestFile.alter(path(), "UPDATE node SET value = 'proof of patience' WHERE name = 'rules'");

        assertThatThrownBy(this::verdict)
                .isInstanceOf(StorageException.class)
                .hasMessage("the blocks of " + path()
                        + " came about by proof of patience, which are not known here: name the stakes if it has some"
                        + " (--stakes FILE), or verify it with the program that made it");
    }
}
