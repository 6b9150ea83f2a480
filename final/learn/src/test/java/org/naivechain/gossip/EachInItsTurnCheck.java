package org.naivechain.gossip;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

class EachInItsTurnCheck {
    private static final int CALLS = 3;
    private static final int PASSES = 24_000;

    private static Rumour rumour(int number, Rumour.State state) {
        return new Rumour(
                new PeerId("n" + number),
                new PeerAddress("127.0.0.1", 20_000 + number),
                0,
                state,
                new Height(1, 0, Block.GENESIS.hash()));
    }

    private static Table table(int nodes, long seed) {
        Table table = new Table(new Random(seed));
        for (int i = 0; i < nodes; i++) {
            table.believe(rumour(i, Rumour.State.ALIVE), Instant.EPOCH);
        }
        return table;
    }

    private static List<String> calls(Table table, int rounds) {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            table.next(CALLS).forEach(node -> calls.add(node.id().text()));
        }
        return calls;
    }

    @Test
    @DisplayName("In one pass everyone is called once")
    void everyoneIsCalledOnceInAPass() {
        Table table = table(30, 1);

        for (int pass = 1; pass <= 5; pass++) {
            List<String> calls = calls(table, 10);
            Map<String, Integer> often = new TreeMap<>();
            calls.forEach(id -> often.merge(id, 1, Integer::sum));
            Set<String> twice = new TreeSet<>();
            often.forEach((id, times) -> {
                if (times > 1) {
                    twice.add(id);
                }
            });
            Explain.that(
                    often.size() == 30 && twice.isEmpty(),
                    "30 nodes, 10 rounds of 3 calls, pass " + pass + ". Called: " + often.size()
                            + " different nodes; more than" + " once: " + twice + ".",
                    "A node that is left out in a pass may be dead for long before anybody notices.");
        }
    }

    @Test
    @DisplayName("Nobody waits longer than two passes for the next call")
    void nobodyWaitsLongerThanTwoPasses() {
        Table table = table(31, 2);
        Map<String, Integer> last = new HashMap<>();

        for (int round = 1; round <= 400; round++) {
            for (KnownNode node : table.next(CALLS)) {
                last.put(node.id().text(), round);
            }
            if (round > 25) {
                int now = round;
                for (int i = 0; i < 31; i++) {
                    int waited = now - last.getOrDefault("n" + i, 0);
                    Explain.that(
                            waited <= 22,
                            "31 nodes, 3 calls in a round. In round " + now + " node n" + i
                                    + " has not been called for " + waited + " rounds.",
                            "A pass takes 11 rounds. First in one and last in the next is the longest wait: not more than 22.");
                }
            }
        }
    }

    @Test
    @DisplayName("Each pass has an order of its own")
    void eachPassHasItsOwnOrder() {
        Table table = table(30, 3);
        Set<List<String>> orders = new HashSet<>();
        Set<String> first = new TreeSet<>();
        calls(table, 10);
        for (int pass = 0; pass < 40; pass++) {
            List<String> order = calls(table, 10);
            orders.add(order);
            first.add(order.get(0));
        }

        Explain.same(
                40,
                orders.size(),
                "30 nodes, 40 passes. Different orders:",
                "In a fixed order a few nodes that know the same list may call the same one at once, for ever.");
        Explain.that(
                first.size() > 10,
                "30 nodes, 40 passes. Only these were ever called first in a pass: " + first + ".",
                "Every order should be as likely as every other: at each place, swap with any of the places up to it, itself included.");
    }

    @Test
    @DisplayName("The same chance gives the same order")
    void theSameChanceGivesTheSameOrder() {
        Explain.that(
                calls(table(30, 8), 40).equals(calls(table(30, 8), 40)),
                "Two tables with the same 30 nodes and the same seed called the nodes in different orders.",
                "All chance must come from `random`, which was given to the table. Collections.shuffle(order) takes a chance of its"
                        + " own: then no seed of a simulation (chapter 14) shows the same run again.");
    }

    @Test
    @DisplayName("Every new order is as likely as every other")
    void everyOrderIsAsLikely() {
        Table table = table(3, 6);
        Map<List<Integer>, Integer> often = new TreeMap<>(Comparator.comparing(List::toString));
        List<String> before = calls(table, 1);
        for (int pass = 0; pass < PASSES; pass++) {
            List<String> order = calls(table, 1);
            often.merge(order.stream().map(before::indexOf).map(i -> i + 1).toList(), 1, Integer::sum);
            before = order;
        }

        Explain.that(
                often.size() == 6
                        && often.values().stream().allMatch(times -> Math.abs(times - PASSES / 6) < PASSES / 80),
                "3 nodes, " + PASSES
                        + " passes. How often the first, second, and third of one pass came in which order in the next: "
                        + often + ". Each of the 6 orders should have come about " + PASSES / 6 + " times.",
                "Two mistakes are classics: to swap with any place of the list, which makes some orders likelier; and to leave out"
                        + " the place itself, so that nobody can stay where it was.");
    }

    @Test
    @DisplayName("With fewer nodes than calls each is called once, and with none nobody")
    void fewNodes() {
        Explain.same(0, table(0, 4).next(CALLS).size(), "No other node is known. Calls:", "There is nobody to call.");
        Table two = table(2, 4);
        for (int round = 1; round <= 4; round++) {
            Explain.same(
                    2,
                    two.next(CALLS).size(),
                    "2 other nodes are known, and 3 calls are wanted. Different nodes called in round " + round + ":",
                    "Each once in every round.");
        }
    }

    @Test
    @DisplayName("Who is gone is not called, and who comes is called within two passes")
    void goneAndNew() {
        Table table = table(30, 5);
        calls(table, 4);
        table.believe(rumour(7, Rumour.State.GONE), Instant.EPOCH);
        table.believe(rumour(99, Rumour.State.ALIVE), Instant.EPOCH);

        List<String> calls = calls(table, 22);

        Explain.that(!calls.contains("n7"), "Node n7 is gone, and is called.", "`order` does not hold it any more.");
        Explain.that(
                calls.contains("n99"),
                "Node n99 came, and is not called within two passes.",
                "It stands in `order`, behind those that were called: go on at `called`.");
    }
}
