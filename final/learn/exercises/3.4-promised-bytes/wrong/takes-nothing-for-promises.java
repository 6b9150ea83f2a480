@Override
public int checkAlloc(int bytes) throws InvalidDataException {
    return super.checkAlloc(bytes);
}
