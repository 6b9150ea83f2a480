package violating.websocket.blocks;

/** Used where it must not be. */
public final class Used {}
