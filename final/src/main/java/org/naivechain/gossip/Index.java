package org.naivechain.gossip;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * Finds members by a key that they themselves carry: a hash table with open addressing and linear probing (Knuth, <i>The Art
 * of Computer Programming</i>, volume 3, section 6.4, algorithms L and R). A {@link java.util.HashMap} takes six times the
 * memory, and a simulated network of 5,000 nodes has 25 million entries. For the node's thread only.
 */
final class Index<K> {
    private static final int FIRST = 16;

    private final Function<KnownNode, K> key;
    private KnownNode[] places = new KnownNode[FIRST];
    private int size;

    Index(Function<KnownNode, K> key) {
        this.key = key;
    }

    /** The member with a key; null, as this is asked for every rumour, if there is none. */
    KnownNode find(K wanted) {
        return places[place(wanted)];
    }

    /** Puts a member in, in place of any with the same key. */
    void put(KnownNode member) {
        int place = place(key.apply(member));
        size += places[place] == null ? 1 : 0;
        places[place] = member;
        if (2 * size > places.length + places.length / 2) {
            grow();
        }
    }

    /** Takes a member out, unless another has its key now. */
    void remove(KnownNode member) {
        int hole = place(key.apply(member));
        if (places[hole] != member) {
            return;
        }
        places[hole] = null;
        size--;
        // What was put further on because of it must stay within reach.
        for (int next = after(hole); places[next] != null; next = after(next)) {
            KnownNode moved = places[next];
            places[next] = null;
            places[place(key.apply(moved))] = moved;
        }
    }

    private void grow() {
        KnownNode[] before = places;
        places = new KnownNode[2 * before.length];
        Arrays.stream(before).filter(Objects::nonNull).forEach(member -> places[place(key.apply(member))] = member);
    }

    /** Where a key is, or would be. */
    private int place(K wanted) {
        int place = spread(wanted.hashCode()) & (places.length - 1);
        while (places[place] != null && !key.apply(places[place]).equals(wanted)) {
            place = after(place);
        }
        return place;
    }

    private int after(int place) {
        return (place + 1) & (places.length - 1);
    }

    /** Ports that follow one another must not lie in one heap (a multiplicative hash, in the same section). */
    private static int spread(int hash) {
        int product = hash * 0x9E3779B9;
        return product ^ product >>> 16;
    }
}
