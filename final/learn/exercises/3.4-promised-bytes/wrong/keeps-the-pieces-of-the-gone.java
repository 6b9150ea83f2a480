@Override
public synchronized void reset() {
    super.reset();
    giveBackFrames(0);
}
