package org.naivechain.blocks;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.learn.Explain;

/** Exercise 1.1: the hash covers the previous hash and the literal of the data, and nothing else. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HashOfABlockCheck {
    private static final Hash GENESIS = new Hash("71fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f");

    @Test
    @Order(1)
    @DisplayName("The genesis block has the hash that every node of the network knows")
    void hashesTheGenesisBlock() {
        Explain.same(
                GENESIS,
                Hash.of(Hash.ORIGIN, BlockData.of("random")),
                "`Hash.of` was given the text " + Hash.ORIGIN + " and the literal \"random\", quotes included.",
                "These two texts, one directly after the other, are what `printf` gave to sha256sum in the chapter.");
    }

    @Test
    @Order(2)
    @DisplayName("Block 1 has the hash that the older system computes, too")
    void hashesBlockOne() {
        Explain.same(
                new Hash("c8a8924ed4d8c58638b9f4fcbb7609bb0edb4a509d1514246a04ebba680d5a1f"),
                Hash.of(GENESIS, BlockData.of("Testing String Again")),
                "`Hash.of` was given the hash of the genesis block and the data \"Testing String Again\".",
                "Another hash means that other bytes were hashed, and other nodes refuse the block.");
    }

    @Test
    @Order(3)
    @DisplayName("The hash depends on the block before")
    void coversTheLink() {
        BlockData data = BlockData.of("Alice pays Bob 5");
        Hash afterGenesis = Hash.of(GENESIS, data);
        Hash afterOrigin = Hash.of(Hash.ORIGIN, data);

        Explain.that(
                !afterGenesis.equals(afterOrigin),
                "The same data after two different blocks has the same hash, " + afterGenesis + ".",
                "If the hash does not cover the previous hash, an altered block changes no hash after it, and the"
                        + " blocks are no chain.");
    }

    @Test
    @Order(4)
    @DisplayName("The bytes hashed are those of the literal, escapes and quotes included")
    void hashesTheLiteral() {
        Explain.same(
                new Hash("ae21a0f337c031eccf3072a1bdc80c8453e66b338924851284fd51f995d3ea3c"),
                Hash.of(GENESIS, BlockData.of("caf\u00e9")),
                "The data is the text \"caf\u00e9\"; its literal is "
                        + BlockData.of("caf\u00e9").literal() + ", 11 characters with its quotes.",
                "The literal is what is sent, so it is what every node can hash alike. Was the user's text hashed"
                        + " instead?");
        Explain.same(
                new Hash("8ac9c909aa8c618a828270cd1f2c5a86696ca1f22c82389666633e3073dc649a"),
                Hash.of(GENESIS, BlockData.of("Alice pays Bob 5, and ".repeat(5) + "Carol 3")),
                "The data is a text of 117 characters.",
                "`literal()` is the whole literal. `toString()` is for people, and shortens it.");
    }

    @Test
    @Order(5)
    @DisplayName("A hash that begins with zeros has 64 digits, too")
    void keepsLeadingZeros() {
        Explain.same(
                "003ea6b6468ba3fa62a944926f70a45c209b6db89d364e506023a08a0ab9c3da",
                shown(GENESIS, BlockData.of("Alice pays Bob 113")),
                "`Hash.of` was given the hash of the genesis block and the data \"Alice pays Bob 113\". The first byte of"
                        + " their SHA-256 is 0.",
                "64 other digits mean that other bytes were hashed. Fewer digits mean that zeros were lost: each byte has"
                        + " two, also one that is less than 16. Every sixteenth hash begins with a zero.");
    }

    private static String shown(Hash previous, BlockData data) {
        try {
            return Hash.of(previous, data).text();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
