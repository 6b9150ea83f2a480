package org.naivechain.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String ROOT = "org.naivechain";
    private static final String FIXTURES = "violating";
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // The fixtures of another module come as a jar of its tests.
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(ROOT);

    static Set<String> rules() {
        return LayerRules.of(ROOT).keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theProductKeepsTheRule(String rule) {
        LayerRules.of(ROOT).get(rule).check(PRODUCT);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRulesFixtureBreaksIt(String rule) {
        String root = FIXTURES + "." + rule;
        JavaClasses fixture = new ClassFileImporter().importPackages(root);

        assertThat(LayerRules.of(root).get(rule).evaluate(fixture).hasViolation())
                .isTrue();
    }

    @Test
    void everyPackageOfTheProductIsUnderSomeRule() {
        Set<String> layers = PRODUCT.stream()
                .map(type -> type.getPackageName().substring(ROOT.length() + 1).split("\\.")[0])
                .collect(Collectors.toSet());

        assertThat(layers)
                .containsExactlyInAnyOrder(
                        "blocks",
                        "chain",
                        "websocket",
                        "protocol",
                        "http",
                        "consensus",
                        "gossip",
                        "sync",
                        "forks",
                        "repair",
                        "defence",
                        "storage",
                        "node",
                        "simulation",
                        "bench",
                        "cli");
    }
}
