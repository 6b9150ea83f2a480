@Override
public int checkAlloc(int bytes) throws InvalidDataException {
    super.checkAlloc(bytes);
    take(bytes);
    takings++;
    lastTaken = bytes;
    return bytes;
}
