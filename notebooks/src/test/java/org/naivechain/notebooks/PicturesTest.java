package org.naivechain.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Rectangle2D;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.learn.Grading;
import org.naivechain.notebooks.Svg.Look;
import org.naivechain.simulation.Build;
import org.naivechain.simulation.Plan;
import org.naivechain.simulation.Trace;
import org.naivechain.simulation.Trial;

class PicturesTest {
    private final MemoryBlockStore store = new MemoryBlockStore();
    private final Chain chain = Chain.over(store);

    PicturesTest() {
        for (String text : List.of("Alice pays Bob 5", "Bob pays Carol 3", "Carol pays Alice 1")) {
            chain.append(chain.next(BlockData.of(text)));
        }
    }

    private static String svg(Picture picture) {
        String base64 = picture.html().replaceAll(".*base64,([^\"]+)\".*", "$1");
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static long boxes(Picture picture, Look look) {
        return svg(picture)
                .lines()
                .filter(line -> line.startsWith("<rect") && line.contains(look.line()))
                .count();
    }

    @Test
    void aSoundChainIsGreen() {
        Picture picture = Pictures.of(chain);

        assertThat(boxes(picture, Look.SOUND)).isEqualTo(4);
        assertThat(svg(picture)).contains("Bob pays Carol 3", "previous 5c6db78f", "<path");
        assertThat(picture.text()).contains("2  previous 5c6db78f  hash 41e31001  \"Bob pays Carol 3\"");
    }

    @Test
    void theFirstBadBlockIsRedAndAllAfterItGrey() {
        List<Block> blocks = new ArrayList<>(store.read(0, 10));
        blocks.set(2, blocks.get(2).tampered(BlockData.of("Bob pays Carol 3000")));

        Picture picture = Pictures.of(blocks);

        assertThat(boxes(picture, Look.SOUND)).isEqualTo(2);
        assertThat(boxes(picture, Look.BROKEN)).isEqualTo(1);
        assertThat(boxes(picture, Look.DOUBTFUL)).isEqualTo(1);
        assertThat(picture.text()).contains("<- here", "block 2: curr_hash must be b7ebd3ea…: curr_hash=41e31001…");
    }

    @Test
    void onlyTheLastBlocksOfALongChainAreDrawn() {
        for (int i = 0; i < 100; i++) {
            chain.append(chain.next(BlockData.of("text " + i)));
        }

        assertThat(boxes(Pictures.of(chain), Look.SOUND)).isEqualTo(20);
        assertThat(Pictures.of(chain).text()).contains("103  previous").doesNotContain("Alice");
    }

    @Test
    void aForkIsATreeInWhichWhatIsCommonIsDrawnOnce() {
        Block common = Block.GENESIS.next(BlockData.of("common"));
        Map<String, List<Block>> chains = new LinkedHashMap<>();
        chains.put("node 1", List.of(Block.GENESIS, common, common.next(BlockData.of("x"))));
        chains.put("node 2", List.of(Block.GENESIS, common, common.next(BlockData.of("y"))));
        chains.put("node 3", List.of(Block.GENESIS, common, common.next(BlockData.of("y"))));

        String svg = svg(Pictures.fork(chains));

        assertThat(svg.lines().filter(line -> line.startsWith("<rect"))).hasSize(4);
        assertThat(svg).contains("head of node 1<", "head of node 2, node 3<");
    }

    @Test
    void slotsOfOneOwnerHaveOneColourInAllRows() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        rows.put("turns", List.of("0", "1", "0", "2"));
        rows.put("blocks", List.of("0", "", "0", "2"));

        Picture picture = Pictures.slots(40, rows);

        assertThat(boxes(picture, Chains.BRANCHES.get(0))).isEqualTo(4);
        assertThat(boxes(picture, Chains.BRANCHES.get(1))).isEqualTo(1);
        assertThat(boxes(picture, Chains.BRANCHES.get(2))).isEqualTo(2);
        assertThat(svg(picture)).contains(">40<", ">blocks<");
        assertThat(picture.text()).isEqualTo("turns: 0 1 0 2\nblocks: 0 . 0 2");
    }

    @Test
    void whatOthersWroteIsShownAsTextAndNotAsMarkup() {
        Picture picture = Pictures.of(Block.GENESIS.next(BlockData.of("<script>&\"")));

        assertThat(svg(picture)).contains("&lt;script&gt;&amp;").doesNotContain("<script>");
        assertThat(picture.html()).doesNotContain("<script>");
        assertThat(Pictures.table(List.of("<b>"), List.of(List.of("<i>"))).html())
                .doesNotContain("<b>", "<i>");
    }

    @Test
    void framesAreArrowsFromWhereTheyWereSentToWhereTheyArrive() {
        List<Trace.Event> events = Trial.history(new Plan(2, 2, Duration.ofSeconds(1), Set.of()), Build.NAIVE, 1);

        String svg = svg(Pictures.messages(events));

        assertThat(events.stream().map(Trace.Event::sent).flatMap(Optional::stream))
                .hasSize(4);
        assertThat(svg.lines().filter(line -> line.startsWith("<path"))).hasSize(4);
        assertThat(svg).contains("node1", "node2", "VALIDATE_BLOCK", "ACK", "Block 1 added");
    }

    @Test
    void wordsOfADiagramDoNotCoverEachOther() {
        List<Trace.Event> events = List.of(
                frame(0, 10, "node1 > node2", "PROMISED"),
                frame(0, 10, "node1 > node2", "ACK"),
                frame(0, 10, "node2 > node1", "OUTBID"),
                note(10, "[INFO]: node2 LOOP-This node is the proposer now, under the ballot 2 of node2"),
                note(10, "node2 starts"));

        List<Rectangle2D> grounds = Pattern.compile(
                        "<rect x=\"([-\\d.]+)\" y=\"([-\\d.]+)\" width=\"([\\d.]+)\" height=\"([\\d.]+)\" fill")
                .matcher(svg(Pictures.messages(events)))
                .results()
                .map(found -> new Rectangle2D.Double(
                        Double.parseDouble(found.group(1)),
                        Double.parseDouble(found.group(2)),
                        Double.parseDouble(found.group(3)),
                        Double.parseDouble(found.group(4))))
                .collect(Collectors.toList());

        assertThat(grounds).hasSize(4);
        assertThat(grounds)
                .allSatisfy(
                        one -> assertThat(grounds).filteredOn(one::intersects).containsExactly(one));
    }

    private static Trace.Event frame(int sent, int at, String way, String reply) {
        return new Trace.Event(
                Duration.ofMillis(at), Optional.of(Duration.ofMillis(sent)), way + "  {\"reply\":\"" + reply + "\"}");
    }

    private static Trace.Event note(int at, String text) {
        return new Trace.Event(Duration.ofMillis(at), Optional.empty(), text);
    }

    @Test
    void aBlockWithAWrongHashIsRedInARow() {
        Block block = Block.GENESIS.next(BlockData.of("x"));
        Map<String, List<Block>> chains = new LinkedHashMap<>();
        chains.put("forged", List.of(Block.GENESIS, block.tampered(BlockData.of("y"))));
        chains.put("honest", List.of(Block.GENESIS, block));

        Picture picture = Pictures.rows(chains);

        assertThat(boxes(picture, Look.BROKEN)).isEqualTo(1);
        assertThat(boxes(picture, Look.SOUND)).isEqualTo(3);
    }

    @Test
    void aGradingShowsSentencesAndCountsTheProgramsOwnTests() {
        Grading.Rule sentence = new Grading.Rule("An altered block is found", Optional.empty());
        Grading.Rule test = new Grading.Rule("findsWhatIsForged()", Optional.empty());
        Grading.Rule parameters = new Grading.Rule("[1] text=a b", Optional.empty());
        Grading.Rule failed = new Grading.Rule("adoptsNothingForged(Path)", Optional.of("it did"));

        assertThat(Pictures.of(new Grading("2.1 A title", List.of(sentence, test, parameters), List.of()))
                        .text())
                .isEqualTo("2.1 A title: solved\n+ An altered block is found\n+ and 2 tests of the program");
        assertThat(Pictures.of(new Grading("2.1 A title", List.of(test, failed), List.of()))
                        .text())
                .isEqualTo("2.1 A title: not yet\n- a test of the program: adopts nothing forged\n    it did\n"
                        + "+ and 1 test of the program");
    }

    @Test
    void barsStandBesideEachOtherAndSayTheirNumbers() {
        Picture picture = Plot.of("Seeds", "seed", "faults")
                .bars("faults", List.of(3, 0, 5))
                .bars("elections", List.of(1, 2, 1))
                .picture();

        assertThat(picture.html()).contains("data:image/png;base64,");
        assertThat(picture.text()).isEqualTo("Seeds\nfaults: 3 0 5\nelections: 1 2 1");
    }

    @Test
    void aPlotSaysItsNumbersInWords() {
        Picture picture = Plot.of("Squares", "number", "square")
                .line("squares", List.of(1, 4, 9))
                .line("halves", List.of(0.5, 1.0, 1.5))
                .picture();

        assertThat(picture.html()).startsWith("<img").contains("data:image/png;base64,");
        assertThat(picture.text()).isEqualTo("Squares\nsquares: 1 4 9\nhalves: 0.5 1 1.5");
    }
}
