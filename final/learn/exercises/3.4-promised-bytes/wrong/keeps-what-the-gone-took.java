@Override
public synchronized void reset() {
    super.reset();
}
