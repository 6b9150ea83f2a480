/** Forgets that a target has 64 digits. */
String adjusted(String last, Duration taken) {
    long wanted = blockTime.toMillis() * EPOCH;
    long bounded = Math.max(wanted / MAX_CHANGE, Math.min(wanted * MAX_CHANGE, taken.toMillis()));
    return digits(new BigInteger(last, RADIX)
            .multiply(BigInteger.valueOf(bounded))
            .divide(BigInteger.valueOf(wanted)));
}
