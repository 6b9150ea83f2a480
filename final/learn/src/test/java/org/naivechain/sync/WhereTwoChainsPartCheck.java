package org.naivechain.sync;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;

class WhereTwoChainsPartCheck {
    private static final int TOO_MANY = 200;

    /** What was asked for, until the search was over or had asked too much. */
    private static List<Long> questions(CommonAncestor search, long ancestor) {
        List<Long> questions = new ArrayList<>();
        while (!search.isFound() && questions.size() < TOO_MANY) {
            long question = search.question();
            questions.add(question);
            search.answer(question <= ancestor);
        }
        return questions;
    }

    private static int bound(long length) {
        return 1 + Long.SIZE - Long.numberOfLeadingZeros(length - 1);
    }

    @Test
    @DisplayName("the first question is for the last block, and the only one if nothing differs")
    void asksForTheLastBlockFirst() {
        Explain.same(
                List.of(9L),
                questions(new CommonAncestor(10), 9),
                "Two chains of 10 blocks are the same. These indices were asked for:",
                "Nodes compare their chains every few seconds, and most of the time the chains are the same: one"
                        + " question must do.");
    }

    @Test
    @DisplayName("the last common block is found, wherever it is")
    void findsTheLastCommonBlock() {
        for (long length = 1; length <= 40; length++) {
            for (long ancestor = -1; ancestor < length; ancestor++) {
                CommonAncestor search = new CommonAncestor(length);
                List<Long> questions = questions(search, ancestor);
                Explain.same(
                        ancestor,
                        search.isFound() ? search.ancestor() : "nothing after " + questions.size() + " questions",
                        "Two chains of " + length + " blocks have the same blocks up to index " + ancestor
                                + " (-1: none). The search asked for "
                                + questions.subList(0, Math.min(10, questions.size())) + " and found:",
                        "A node that goes back too little appends blocks that follow none of its own; one that goes"
                                + " back too far gives up"
                                + " sound blocks.");
            }
        }
    }

    @Test
    @DisplayName("a chain of n blocks takes at most 1 + log2(n) questions")
    void asksFewQuestions() {
        for (long length : new long[] {1, 2, 3, 8, 9, 100, 1_000_000}) {
            for (long ancestor : new long[] {-1, 0, length / 3, length / 2, length - 2, length - 1}) {
                if (ancestor < length) {
                    int asked = questions(new CommonAncestor(length), ancestor).size();
                    Explain.that(
                            asked <= bound(length),
                            "Chains of " + length + " blocks that part after index " + ancestor + " took "
                                    + (asked == TOO_MANY
                                            ? "200 questions, and the search was not over"
                                            : asked + " questions")
                                    + "; " + bound(length) + " are enough.",
                            "Each question is a round trip. How much of what is left does one question rule out, at best?");
                }
            }
        }
    }

    @Test
    @DisplayName("asking twice without an answer gives the same question")
    void theQuestionStays() {
        String why =
                "The caller asks the peer with one call and takes the answer with another; both must mean the same index.";
        CommonAncestor search = new CommonAncestor(100);
        Explain.same(
                search.question(),
                search.question(),
                "Before the first answer `question` was called twice. The second time it said:",
                why);
        search.answer(false);
        long first = search.question();
        Explain.same(
                first,
                search.question(),
                "After one answer `question` was called twice. The second time it said:",
                why);
    }

    @Test
    @DisplayName("the longest chain that a long can count is no problem")
    void doesNotOverflow() {
        CommonAncestor search = new CommonAncestor(Long.MAX_VALUE);
        List<Long> questions = questions(search, Long.MAX_VALUE - 3);
        Explain.that(
                questions.stream().allMatch(index -> index >= 0) && questions.size() <= 64 && search.isFound(),
                "A chain of Long.MAX_VALUE blocks was searched, and these indices were asked for first: "
                        + questions.subList(0, Math.min(5, questions.size())),
                "A stranger may claim any length. What is (same + different) / 2 if both are large?");
    }
}
