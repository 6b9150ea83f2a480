@Override
public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
    if (!frame.isFin()) {
        int bytes = frame.getPayloadData().remaining();
        forFragments += bytes;
        fragments++;
        take(bytes);
        if (fragments > MAX_FRAGMENTS) {
            throw new LimitExceededException(
                    "a message may have at most " + MAX_FRAGMENTS + " fragments", MAX_FRAGMENTS);
        }
    }
    super.processFrame(socket, frame);
    if (frame.isFin() && !(frame instanceof ControlFrame)) {
        giveBackFragments();
    }
}
