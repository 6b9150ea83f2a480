package org.naivechain.learn;

/** The exercises of the five steps. */
class ExercisesOfTheStepsIT extends ExerciseProof {
    ExercisesOfTheStepsIT() {
        super(1, 5);
    }
}
