package org.naivechain.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every exercise has. That it can be solved shows {@link ExerciseProof}. */
class CourseTest {
    @Test
    void everyExerciseHasTwoWrongSolutionsAndHints() {
        assertThat(ExerciseProof.COURSE.exercises()).allSatisfy(exercise -> {
            assertThat(ExerciseProof.wrong(exercise))
                    .as("wrong solutions of %s", exercise.id())
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(exercise.hints()).as("hints of %s", exercise.id()).hasSizeBetween(2, 4);
            assertThat(exercise.minutes()).as("minutes of %s", exercise.id()).isBetween(5, 60);
            assertThat(exercise.starter().isPresent() || !exercise.lab())
                    .as("the lab %s has a starter", exercise.id())
                    .isTrue();
            assertThat(exercise.methods())
                    .as("methods of %s", exercise.id())
                    .allMatch(ExerciseProof.COURSE.real(exercise)::has);
        });
    }

    @Test
    void aMethodIsInOneExercise() {
        Map<String, String> owners = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (Exercise exercise : ExerciseProof.COURSE.exercises()) {
            for (String method : exercise.methods()) {
                String name = exercise.type() + "." + method.replaceAll("\\(.*", "");
                String other = owners.put(name, exercise.id());
                if (other != null && !other.equals(exercise.id())) {
                    twice.add(name + " in " + other + " and " + exercise.id());
                }
            }
        }
        assertThat(twice).isEmpty();
    }

    @Test
    void thePageForTeachersNamesEveryExerciseAndWhatGoesWrong() {
        String page = Course.read(ExerciseProof.COURSE.home().resolve("final/TEACHING.md"));
        assertThat(ExerciseProof.COURSE.exercises()).allSatisfy(exercise -> {
            String row = page.lines()
                    .filter(line -> line.startsWith("| " + exercise.id() + " | "))
                    .findFirst()
                    .orElse("");
            assertThat(row).contains("| " + exercise.title() + " | `" + exercise.simpleName() + "` |");
            assertThat(ExerciseProof.wrong(exercise))
                    .allSatisfy(file -> assertThat(row)
                            .contains(file.getFileName()
                                    .toString()
                                    .replace(".java", "")
                                    .replace('-', ' ')));
        });
    }
}
