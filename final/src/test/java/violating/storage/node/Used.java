package violating.storage.node;

/** Used where it must not be. */
public final class Used {}
