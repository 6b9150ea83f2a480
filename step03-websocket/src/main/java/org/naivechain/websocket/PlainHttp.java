package org.naivechain.websocket;

import java.nio.ByteBuffer;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.HandshakeState;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.HandshakeImpl1Client;
import org.java_websocket.handshake.Handshakedata;

/** Matches what is no WebSocket handshake. Java-WebSocket tries it last, and the listener can tell the caller so. */
final class PlainHttp extends Draft_6455 {
    @Override
    public Draft copyInstance() {
        return new PlainHttp();
    }

    @Override
    public Handshakedata translateHandshake(ByteBuffer request) {
        return new HandshakeImpl1Client();
    }

    @Override
    public HandshakeState acceptHandshakeAsServer(ClientHandshake request) {
        return HandshakeState.MATCHED;
    }
}
