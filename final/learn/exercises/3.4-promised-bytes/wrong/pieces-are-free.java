@Override
public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
    if (!frame.isFin() && ++fragments > MAX_FRAGMENTS) {
        throw new LimitExceededException("a message may have at most " + MAX_FRAGMENTS + " fragments", MAX_FRAGMENTS);
    }
    super.processFrame(socket, frame);
    if (frame.isFin() && !(frame instanceof ControlFrame)) {
        giveBackFragments();
    }
}
