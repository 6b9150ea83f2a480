package org.naivechain.blocks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** A link of the chain: the SHA-256 of a block (FIPS 180-4) as 64 lowercase hexadecimal digits, or {@link #ORIGIN}. */
public record Hash(@JsonValue String text) {
    private static final String ORIGIN_TEXT = "ioiiiuasyi891qbduquiuqwiqwiupwe";
    private static final int DIGITS = 64;

    /** What the genesis block names as the block before it: a fixed text that is no hash, so that nothing precedes it. */
    public static final Hash ORIGIN = new Hash(ORIGIN_TEXT);

    /**
     * Takes a text that was written by a node.
     *
     * @throws IllegalArgumentException if the text is neither 64 lowercase hexadecimal digits nor the origin
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Hash {
        if (!isDigits(text) && !text.equals(ORIGIN_TEXT)) {
            throw new IllegalArgumentException(
                    "a hash must be 64 lowercase hexadecimal digits: \"" + BlockData.abbreviate(text) + "\"");
        }
    }

    /**
     * Hashes a block's contents: the bytes of the previous hash followed by the bytes of the data literal, both ASCII.
     *
     * @return the hash of the block
     */
    public static Hash of(Hash previous, BlockData data) {
        MessageDigest sha256 = sha256();
        sha256.update(previous.text.getBytes(StandardCharsets.US_ASCII));
        sha256.update(data.literal().getBytes(StandardCharsets.US_ASCII));
        return new Hash(HexFormat.of().formatHex(sha256.digest()));
    }

    /**
     * Hashes the contents of a block that may have a seal: its bytes follow those of the data.
     *
     * @return the hash of the block
     */
    public static Hash ofBlock(Hash previous, BlockData data, Optional<Seal> seal) {
        if (seal.isEmpty()) {
            return of(previous, data);
        }
        // All of it is ASCII, which is a part of this charset, and Java 17 writes this one much faster.
        String contents = previous.text + data.literal() + seal.get().text();
        return new Hash(HexFormat.of().formatHex(sha256().digest(contents.getBytes(StandardCharsets.ISO_8859_1))));
    }

    @Override
    public String toString() {
        return text;
    }

    /** A loop, as every block that is read has two hashes, and a regular expression takes more than twice as long. */
    private static boolean isDigits(String text) {
        boolean digits = text.length() == DIGITS;
        for (int i = 0; digits && i < DIGITS; i++) {
            char c = text.charAt(i);
            digits = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
        }
        return digits;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
