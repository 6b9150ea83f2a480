@Override
public int checkAlloc(int bytes) throws InvalidDataException {
    super.checkAlloc(bytes);
    take(bytes);
    forFrames += bytes;
    lastTaken = bytes;
    return bytes;
}
