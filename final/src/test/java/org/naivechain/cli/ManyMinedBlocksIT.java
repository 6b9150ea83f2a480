package org.naivechain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.blocks.Block;
import org.naivechain.consensus.work.Difficulty;
import org.naivechain.consensus.work.MinedChain;
import org.naivechain.consensus.work.WorkRules;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.Receipts;
import org.naivechain.node.Client;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.PeerId;
import org.naivechain.storage.DataDirectory;
import org.naivechain.storage.GroupCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A long chain of mined blocks within a small heap. A million of them with {@code -DminedBlocks=1000000}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
@Tag("long")
class ManyMinedBlocksIT {
    private static final Logger LOG = LoggerFactory.getLogger("MINED");
    private static final int BLOCKS = Integer.getInteger("minedBlocks", 20_000);
    private static final int PAGE = 1_000;
    /** That of nodes with {@code --block-seconds 1}. */
    private static final Difficulty DIFFICULTY = Difficulty.of(Duration.ofSeconds(1), 500_000);
    /** How long the first blocks take, while they become easier, and more. */
    private static final Duration SLOW = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30 + BLOCKS / 1_000);
    private static final Map<String, String> SMALL_HEAP = Map.of("NAIVECHAIN_JAVA_OPTS", "-Xmx256m");

    private final List<Launched> started = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void endAll() {
        started.forEach(Launched::close);
    }

    private Launched launch(String... arguments) throws Exception {
        Launched process = new Launched(SMALL_HEAP, arguments);
        started.add(process);
        return process;
    }

    private Launched node(String data, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--consensus", "work", "--block-seconds", "1", "--mining-threads", "0"));
        arguments.addAll(List.of("-p", Integer.toString(FreePorts.pair()), "--data-dir", data(data)));
        return launch(arguments.toArray(String[]::new)).live();
    }

    private String data(String name) {
        return directory.resolve(name).toString();
    }

    /** {@return the last block of a chain that is written to a data directory, as a node would} */
    private static Block mine(Path data) throws Exception {
        long began = Instant.now().minus(SLOW).minusSeconds(BLOCKS).toEpochMilli();
        MinedChain chain = new MinedChain(DIFFICULTY, began);
        WorkRules rules = new WorkRules(DIFFICULTY, Instant::now);
        try (DataDirectory made = DataDirectory.open(data)) {
            made.knownId();
            made.own(new PeerId("miner"), WorkRules.inWords(DIFFICULTY));
            KeptBlocks blocks = made.blocks();
            Receipts receipts = made.receipts();
            GroupCommit commits = made.commits(Runnable::run, since -> {});
            List<Block> page = new ArrayList<>(List.of(Block.GENESIS));
            while (true) {
                while (page.size() < PAGE && blocks.length() + page.size() <= BLOCKS) {
                    page.add(chain.next("Alice pays Bob"));
                }
                blocks.write(blocks.length(), page);
                receipts.record(rules.keys(page, Map.of()));
                commits.commit();
                if (blocks.length() > BLOCKS) {
                    return page.get(page.size() - 1);
                }
                page.clear();
            }
        }
    }

    private static String head(Launched node) {
        JsonNode told = new Client(node.port()).get("/node?detail=true").body().get("data");
        return told.get("height").asLong() + " " + told.get("head").asString();
    }

    private static void awaitHead(Launched node, Block head) {
        await().atMost(PATIENCE).until(() -> head(node).equals(head.index() + 1 + " " + head.hash()));
    }

    private static void log(String what, long began) {
        LOG.info("{} blocks: {} in {} ms", BLOCKS, what, (System.nanoTime() - began) / 1_000_000);
    }

    @Test
    void isVerifiedStartedFromAndFetchedByANewNode() throws Exception {
        long began = System.nanoTime();
        Block head = mine(Path.of(data("a")));
        log("made", began);

        began = System.nanoTime();
        Launched verify = launch("verify", data("a") + "/naivechain.db");
        assertThat(verify.exitStatus()).isZero();
        assertThat(verify.log()).singleElement().asString().contains(BLOCKS + 1 + " blocks, ", ": sound");
        log("verified", began);

        began = System.nanoTime();
        Launched a = node("a");
        awaitHead(a, head);
        log("started from", began);

        began = System.nanoTime();
        Launched b = node("b", "--peer", "127.0.0.1:" + a.port());
        awaitHead(b, head);
        log("fetched", began);
        assertThat(a.log()).noneMatch(line -> line.contains("has forked"));

        b.signal("TERM");
        b.exitStatus();
        began = System.nanoTime();
        awaitHead(node("b"), head);
        log("started from what was fetched", began);
    }
}
