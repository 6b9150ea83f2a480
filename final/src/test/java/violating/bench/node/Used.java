package violating.bench.node;

/** Used where it must not be. */
public final class Used {}
