package org.naivechain.websocket;

import java.nio.ByteBuffer;
import java.util.List;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.LimitExceededException;
import org.java_websocket.framing.Framedata;
import org.java_websocket.protocols.IProtocol;
import org.java_websocket.protocols.Protocol;

/** WebSocket as in RFC 6455, with one subprotocol or none, and a frame limit that is named when it is exceeded. */
final class BoundedDraft extends Draft_6455 {
    private final String subprotocol;

    BoundedDraft(String subprotocol, int maxFrameBytes) {
        super(List.of(), protocols(subprotocol), maxFrameBytes);
        this.subprotocol = subprotocol;
    }

    private static List<IProtocol> protocols(String subprotocol) {
        return List.of(new Protocol(subprotocol), new Protocol(""));
    }

    @Override
    public Draft copyInstance() {
        return new BoundedDraft(subprotocol, getMaxFrameSize());
    }

    @Override
    public List<Framedata> translateFrame(ByteBuffer buffer) throws InvalidDataException {
        try {
            return super.translateFrame(buffer);
        } catch (LimitExceededException e) {
            throw new LimitExceededException(
                    "a frame may have at most " + getMaxFrameSize() + " bytes", getMaxFrameSize());
        }
    }
}
