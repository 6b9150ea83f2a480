package violating.membership.consensus;

/** Used where it must not be. */
public final class Used {}
