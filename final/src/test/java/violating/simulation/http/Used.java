package violating.simulation.http;

/** Used where it must not be. */
public final class Used {}
