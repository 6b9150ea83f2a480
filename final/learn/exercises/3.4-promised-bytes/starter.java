@Override
public int checkAlloc(int bytes) throws InvalidDataException {
    // Exercise 3.4: your code.
    throw new UnsupportedOperationException("exercise 3.4: write checkAlloc");
}

@Override
public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
    // Exercise 3.4: your code.
    throw new UnsupportedOperationException("exercise 3.4: write processFrame");
}

@Override
public synchronized void reset() {
    super.reset();
    // Exercise 3.4: your code. What this connection took belongs to others now.
}

private void take(int bytes) throws InvalidDataException {
    // Exercise 3.4: your code.
    throw new UnsupportedOperationException("exercise 3.4: write take");
}
