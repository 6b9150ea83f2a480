package org.naivechain.consensus.stake;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.naivechain.blocks.Seal;
import org.naivechain.protocol.IdempotencyKey;

/**
 * What a signed block shows. As text: {@code stake:SLOT:HOLDER:EXPELLED:KEY:SIGNATURE}, for example
 * {@code stake:898012345:2::n:9c2d….1f-4:7a01…}; the key is left out of a block without data.
 *
 * @param slot for which slot the block is
 * @param holder who has signed it: an index into the holders
 * @param expelled who has lost its turns by then, in order: the holders that were proved to have signed two blocks for one slot
 * @param key whose data the block carries
 * @param signature 128 hexadecimal digits, of {@link Signed#text()}
 */
record StakeSeal(long slot, int holder, List<Integer> expelled, Optional<IdempotencyKey> key, String signature) {
    private static final String NAME = "stake";
    private static final int FIELDS = 4;

    /** {@return the seal that a text says, or nothing if it says none, or is not the one way to write it} */
    static Optional<StakeSeal> parse(Seal seal) {
        String text = seal.text();
        String[] fields = text.split(":", FIELDS + 1);
        if (fields.length <= FIELDS || !fields[0].equals(NAME)) {
            return Optional.empty();
        }
        try {
            String rest = fields[FIELDS];
            int end = rest.lastIndexOf(':');
            StakeSeal read = new StakeSeal(
                    Long.parseLong(fields[1]),
                    Integer.parseInt(fields[2]),
                    Stream.of(fields[3].split(","))
                            .filter(holder -> !holder.isEmpty())
                            .map(Integer::valueOf)
                            .toList(),
                    end <= 0 ? Optional.empty() : Optional.of(new IdempotencyKey(rest.substring(0, end))),
                    rest.substring(end + 1));
            return Optional.of(read).filter(one -> one.slot >= 0 && one.toSeal().equals(seal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The seal with a signature. */
    StakeSeal signed(String with) {
        return new StakeSeal(slot, holder, expelled, key, with);
    }

    /** {@return the text up to the signature} */
    String prefix() {
        return NAME + ":" + slot + ":" + holder + ":"
                + expelled.stream().map(String::valueOf).collect(Collectors.joining(",")) + ":"
                + key.map(IdempotencyKey::text).orElse("") + ":";
    }

    /** {@return the seal as a block carries it} */
    Seal toSeal() {
        return new Seal(prefix() + signature);
    }
}
