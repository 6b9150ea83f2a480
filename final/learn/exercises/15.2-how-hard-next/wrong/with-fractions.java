String adjusted(String last, Duration taken) {
    double wanted = blockTime.toMillis() * EPOCH;
    double factor = Math.max(1.0 / MAX_CHANGE, Math.min(MAX_CHANGE, taken.toMillis() / wanted));
    BigInteger next = new java.math.BigDecimal(new BigInteger(last, RADIX))
            .multiply(java.math.BigDecimal.valueOf(factor))
            .toBigInteger();
    return digits(next.max(BigInteger.ONE).min(HASHES.subtract(BigInteger.ONE)));
}
