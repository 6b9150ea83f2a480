package violating.blocks.chain;

/** Used where it must not be. */
public final class Used {}
