package violating.chain.protocol;

/** Used where it must not be. */
public final class Used {}
