@Override
public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
    if (!frame.isFin()) {
        int bytes = frame.getPayloadData().remaining();
        take(bytes);
        forFragments += bytes;
    }
    super.processFrame(socket, frame);
    if (frame.isFin() && !(frame instanceof ControlFrame)) {
        giveBackFragments();
    }
}
