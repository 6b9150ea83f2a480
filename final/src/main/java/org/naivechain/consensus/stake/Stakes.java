package org.naivechain.consensus.stake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.naivechain.blocks.Hash;

/**
 * Who holds how much, and whose turn it is. All nodes of a network have the same stakes, which nobody can change.
 *
 * <p>As JSON: <code>{"slot_millis": 2000, "seed": "5f0c…", "holders": [{"stake": 30, "key": "MCow…"}, …]}</code>.
 *
 * @param slotMillis how long a slot is: 100 to 86,400,000
 * @param seed what the turns are drawn from: 64 hexadecimal digits; whoever makes the stakes draws them
 * @param holders 1 to {@value #MAX_HOLDERS}, each with a key of its own
 */
@JsonPropertyOrder({"slot_millis", "seed", "holders"})
public record Stakes(
        @JsonProperty(value = "slot_millis", required = true)
        long slotMillis,

        @JsonProperty(value = "seed", required = true) String seed,
        @JsonProperty(value = "holders", required = true) List<Holder> holders) {
    static final int MAX_HOLDERS = 100;
    private static final long MIN_SLOT_MILLIS = 100;
    private static final long MAX_SLOT_MILLIS = 86_400_000;

    /** Checks the numbers: an {@link IllegalArgumentException} says which one is wrong. */
    public Stakes {
        if (slotMillis < MIN_SLOT_MILLIS || slotMillis > MAX_SLOT_MILLIS) {
            throw new IllegalArgumentException(
                    "slot_millis must be " + MIN_SLOT_MILLIS + " to " + MAX_SLOT_MILLIS + ": " + slotMillis);
        }
        seed = new Hash(seed).text();
        holders = List.copyOf(holders);
        if (holders.isEmpty() || holders.size() > MAX_HOLDERS) {
            throw new IllegalArgumentException("there must be 1 to " + MAX_HOLDERS + " holders: " + holders.size());
        }
        Set<String> keys = new HashSet<>();
        for (Holder holder : holders) {
            if (!keys.add(holder.key())) {
                throw new IllegalArgumentException("two holders have one key: " + holder.key());
            }
        }
    }

    /** {@return the number of the slot at a moment: slots are counted from 1970 on} */
    long slotAt(Instant moment) {
        return Math.floorDiv(moment.toEpochMilli(), slotMillis);
    }

    /** {@return how long it takes from a moment to the beginning of a later slot} */
    Duration until(long slot, Instant moment) {
        return Duration.between(moment, Instant.ofEpochMilli(slot * slotMillis));
    }

    /** {@return whose turn a slot is: the index of a holder, drawn by stake, the same at all nodes} */
    public int leader(long slot) {
        long total = holders.stream().mapToLong(Holder::stake).sum();
        long coin = new BigInteger(1, sha256(seed + ":" + slot))
                .mod(BigInteger.valueOf(total))
                .longValueExact();
        int holder = 0;
        while (coin >= holders.get(holder).stake()) {
            coin -= holders.get(holder).stake();
            holder++;
        }
        return holder;
    }

    /** {@return what is signed of a text, so that it counts for nothing in a network with another seed} */
    String inNetwork(String text) {
        return seed + ":" + text;
    }

    /** {@return which holder a key belongs to} */
    public OptionalInt holderOf(StakeKey key) {
        String text = "whose?";
        String signature = key.sign(inNetwork(text));
        Signatures signatures = new Signatures(this);
        return IntStream.range(0, holders.size())
                .filter(holder -> signatures.isSignedBy(holder, text, signature))
                .findFirst();
    }

    /** {@return the same for all nodes that have the same stakes, and for no others} */
    String fingerprint() {
        return HexFormat.of().formatHex(sha256(toString()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
