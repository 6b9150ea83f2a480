package org.naivechain.websocket;

import java.util.Optional;

/**
 * Who may talk at a listener, and what others are told.
 *
 * @param key what callers must prove that they hold, as the listener does to them; none takes all callers
 * @param advertised where else than at its own address callers reach the listener, as {@code host:port}, if they do
 * @param httpAnswer a JSON text in ASCII, the answer to whoever speaks plain HTTP
 */
public record AccessRules(Optional<NetworkKey> key, Optional<String> advertised, String httpAnswer) {
    /** All nodes may talk. */
    public static final AccessRules OPEN = withKey(Optional.empty());

    /**
     * Only those who hold a key may talk.
     *
     * @param key the key; none takes all callers
     * @return the rules
     */
    public static AccessRules withKey(Optional<NetworkKey> key) {
        return new AccessRules(key, Optional.empty(), "{\"message\":\"this port is for WebSocket only\"}");
    }
}
