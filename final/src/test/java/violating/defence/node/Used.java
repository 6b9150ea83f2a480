package violating.defence.node;

/** Used where it must not be. */
public final class Used {}
