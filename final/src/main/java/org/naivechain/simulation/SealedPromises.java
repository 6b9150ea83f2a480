package org.naivechain.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.chain.Verification;
import org.naivechain.ledger.BlockRules;
import org.naivechain.node.Node;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;

/**
 * What a network promises whose blocks are sealed. A block may be given up for a branch that weighs more, so that little holds at any
 * moment. When all is healed, everybody has the same blocks but for the last few, every block keeps the rules, no request has two
 * blocks, and nothing is lost that was answered.
 */
final class SealedPromises implements Promises {
    /** Blocks that are still under way, or compete. */
    private static final int LAST_FEW = 6;

    private final List<Machine> machines;
    private final Map<Machine, ChainWatch> watches = new HashMap<>();
    private Optional<Violation> broken = Optional.empty();

    SealedPromises(List<Machine> machines) {
        this.machines = machines;
    }

    @Override
    public Optional<Violation> broken() {
        return broken;
    }

    @Override
    public void violate(String what) {
        broken = broken.or(() -> Optional.of(Violation.of(what)));
    }

    private void violate(long index, String what) {
        broken = broken.or(() -> Optional.of(Violation.at(index, what)));
    }

    @Override
    public long length() {
        return machines.stream()
                .flatMap(machine -> machine.node().stream())
                .mapToLong(Node::length)
                .max()
                .orElse(0);
    }

    @Override
    public boolean isMember(Peer node) {
        return true;
    }

    @Override
    public boolean canDecide() {
        return true;
    }

    @Override
    public boolean isSameAnswer(AddOutcome first, Optional<AddOutcome> again) {
        return again.filter(AddOutcome.Added.class::isInstance).isPresent();
    }

    /** Two chains may differ at any moment; but nobody goes over to one that weighs less. */
    @Override
    public void check() {
        for (Machine machine : machines) {
            ChainWatch.Change change =
                    watches.computeIfAbsent(machine, ChainWatch::new).look();
            if (change.lighter()) {
                violate(machine + " gave up " + change.givenUp() + " blocks for a branch that weighs less");
            }
        }
    }

    @Override
    public void checkAtTheEnd(Users users) {
        List<Block> longest = List.of();
        for (Machine machine : machines) {
            List<Block> chain = chain(machine);
            checkChain(machine, chain);
            int common = Math.min(chain.size(), longest.size()) - LAST_FEW;
            for (int i = 0; i < common && broken.isEmpty(); i++) {
                if (!chain.get(i).equals(longest.get(i))) {
                    violate(
                            i,
                            "two chains differ at block " + i + ", far from their ends: " + machine + " holds "
                                    + chain.get(i) + ", another node " + longest.get(i));
                }
            }
            if (common > 0 && Math.abs(chain.size() - longest.size()) > LAST_FEW) {
                violate(machine + " has " + chain.size() + " blocks, another node " + longest.size());
            }
            longest = chain.size() > longest.size() ? chain : longest;
        }
        checkAnswers(users, longest);
    }

    private List<Block> chain(Machine machine) {
        try {
            return Simulation.chain(machine.node().orElseThrow());
        } catch (DamagedBlockException e) {
            violate(e.index(), machine + " has not repaired a block: " + e.getMessage());
            return List.of();
        }
    }

    private void checkChain(Machine machine, List<Block> chain) {
        BlockRules rules = machine.rules();
        Verification verification = Verification.ofWholeChain();
        BlockRules.Check seals =
                rules.check((index, limit) -> chain.subList((int) Math.max(0, index - limit), (int) index));
        Map<IdempotencyKey, Long> requests = new HashMap<>();
        for (Block block : chain) {
            Verdict verdict = verification.next(block);
            verdict = verdict.isSound() && block.index() > 0 ? seals.next(block) : verdict;
            if (!verdict.isSound()) {
                violate(block.index(), machine + " holds a block that breaks the rules: " + verdict);
            }
            rules.key(block)
                    .map(key -> requests.put(key, block.index()))
                    .ifPresent(before -> violate(
                            block.index(),
                            machine + " holds one request in the blocks " + before + " and " + block.index()));
        }
    }

    private void checkAnswers(Users users, List<Block> chain) {
        Map<String, Integer> counts = new HashMap<>();
        chain.forEach(block -> counts.merge(block.data().text(), 1, Integer::sum));
        users.tallies().forEach((text, tally) -> {
            int count = counts.getOrDefault(text, 0);
            if (count < tally.added()) {
                violate("\"" + text + "\" was answered " + tally.added() + " times and is in the chain " + count
                        + " times");
            }
            if (count > tally.most()) {
                violate("\"" + text + "\" is in the chain " + count + " times, and " + tally.most()
                        + " users were not told for certain that it is not added");
            }
        });
    }
}
