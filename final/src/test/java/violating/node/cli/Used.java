package violating.node.cli;

/** Used where it must not be. */
public final class Used {}
