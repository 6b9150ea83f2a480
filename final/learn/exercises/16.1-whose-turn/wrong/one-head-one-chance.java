/** Draws among heads, not among stakes. */
public int leader(long slot) {
    return new BigInteger(1, sha256(seed + ":" + slot))
            .mod(BigInteger.valueOf(holders.size()))
            .intValueExact();
}
