package org.naivechain.learn;

/** The exercises about members, gossip, repair, strangers, and simulation. */
class ExercisesOfTheNetworkIT extends ExerciseProof {
    ExercisesOfTheNetworkIT() {
        super(10, 99);
    }
}
