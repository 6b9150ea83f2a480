private void take(int bytes) throws InvalidDataException {
    if (budget.availablePermits() < bytes) {
        throw new InvalidDataException(
                CloseFrame.TRY_AGAIN_LATER, "too many large frames are arriving, try again later");
    }
    budget.acquireUninterruptibly(bytes);
}
