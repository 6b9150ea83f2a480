/** Hashes what the older system hashes. */
public Hash computedHash() {
    return Hash.of(previousHash, data);
}
