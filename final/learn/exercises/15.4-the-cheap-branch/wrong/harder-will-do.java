/** Refuses easier targets only. */
private Verdict verdict(Block block, WorkSeal seal, List<WorkSeal> before) {
    String target = target(block.index(), before);
    if (seal.target().compareTo(target) > 0) {
        return fault(block, "target must be " + target + ": target=" + seal.target());
    }
    if (!Difficulty.meets(block.hash(), seal.target())) {
        return fault(block, "curr_hash must not exceed the target");
    }
    if (seal.time() < earliest(before)) {
        return fault(block, "time must be later than the median of the blocks before");
    }
    if (seal.time() > clock.instant().plus(ahead).toEpochMilli()) {
        return fault(block, "time must not be far ahead of this node's clock");
    }
    return Verdict.SOUND;
}
