package org.naivechain.learn;

/** The exercises about one thread, votes, and what is kept. */
class ExercisesOfTheVoteIT extends ExerciseProof {
    ExercisesOfTheVoteIT() {
        super(6, 9);
    }
}
