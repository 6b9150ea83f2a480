package org.naivechain.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What each layer may use, by name. The rules take the root package as a parameter, so that each can be tried on a fixture
 * that breaks it.
 */
final class LayerRules {
    private static final String[] SOCKETS = {
        "java.net..", "java.nio.channels..", "org.java_websocket..", "spark..", "org.eclipse.jetty.."
    };

    private final String root;

    private LayerRules(String root) {
        this.root = root;
    }

    /** Every rule, by the name that its fixture's package has too. */
    static Map<String, ArchRule> of(String root) {
        LayerRules rules = new LayerRules(root);
        Map<String, ArchRule> all = new LinkedHashMap<>();
        all.put(
                "blocks",
                rules.layer("blocks", "blocks")
                        .because("a block needs nothing but the JDK and a JSON library (step 1)"));
        all.put("chain", rules.layer("chain", "chain", "blocks").because("a chain is made of blocks alone (step 2)"));
        all.put(
                "websocket",
                rules.layer("websocket", "websocket").because("frames are carried, not understood (step 3)"));
        all.put(
                "protocol",
                rules.layer("protocol", "protocol", "blocks", "chain", "websocket")
                        .because("the protocol stands on blocks, the chain, and frames (step 4)"));
        all.put(
                "protocoltypes",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".protocol")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(root + ".websocket..", root + ".protocol.rpc..")
                        .because("only the adapter org.naivechain.protocol.rpc knows of sockets"));
        all.put(
                "http",
                rules.layer("http", "http", "blocks", "chain", "protocol")
                        .because("HTTP reaches the node through its port NodeService and never the peers (step 5)"));
        all.put(
                "httppeertypes",
                noClasses()
                        .that()
                        .resideInAPackage(root + ".http..")
                        .and(areNoDemonstrations())
                        .should()
                        .dependOnClassesThat(rules.protocolBeyondPeerTypes())
                        .because("HTTP needs the protocol's peers and outcomes, not its commands or its processor"));
        all.put(
                "ledger",
                rules.layer("ledger", "ledger", "blocks", "chain", "protocol")
                        .because("what is decided does not depend on how it is decided"));
        all.put(
                "membership",
                rules.layer("membership", "membership", "sync", "ledger", "blocks", "chain", "protocol")
                        .because("how a node joins needs no engine, but a port to ask its members"));
        all.put(
                "consensus",
                rules.layer("consensus", "consensus", "membership", "ledger", "blocks", "chain", "protocol")
                        .because("an engine is logic on the ports of the layers before it"));
        all.put(
                "gossip",
                rules.layer("gossip", "gossip", "blocks", "chain", "protocol")
                        .because("gossip is logic on the protocol's ports, and knows nothing of votes"));
        all.put(
                "sync",
                rules.layer("sync", "sync", "ledger", "blocks", "chain", "protocol")
                        .because("whoever compares chains uses it, whatever for"));
        all.put(
                "forks",
                rules.layer("forks", "forks", "sync", "ledger", "blocks", "chain", "protocol")
                        .because("any engine that can fork needs the same rule"));
        all.put(
                "repair",
                rules.layer("repair", "repair", "sync", "ledger", "blocks", "chain", "protocol")
                        .because("repair is logic on the protocol's ports, whatever engine decides"));
        all.put(
                "defence",
                rules.layer("defence", "defence", "blocks", "websocket", "protocol")
                        .because("it stands behind a port of the frames, and a node is made with it or without"));
        all.put(
                "storage",
                rules.layer("storage", "storage", "blocks", "chain", "protocol", "ledger", "forks", "consensus")
                        .because("a store stands behind a port of the layer that needs it"));
        all.put(
                "node",
                rules.layer(
                                "node",
                                "node",
                                "blocks",
                                "chain",
                                "websocket",
                                "protocol",
                                "http",
                                "ledger",
                                "membership",
                                "defence",
                                "consensus",
                                "gossip",
                                "sync",
                                "forks",
                                "repair",
                                "defence",
                                "storage")
                        .because("the node is put together without knowing who starts it"));
        all.put(
                "simulation",
                rules.layer(
                                "simulation",
                                "simulation",
                                "blocks",
                                "chain",
                                "protocol",
                                "ledger",
                                "sync",
                                "forks",
                                "consensus",
                                "gossip",
                                "node")
                        .because("a simulated network has neither sockets nor HTTP"));
        all.put(
                "bench",
                rules.layer("bench", "bench", "blocks")
                        .because("the load test sees nodes from outside, over HTTP, as users do"));
        all.put(
                "steps",
                noClasses()
                        .that()
                        .resideInAnyPackage(rules.packages("blocks", "chain", "websocket", "protocol", "http"))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(rules.packages(
                                "ledger",
                                "membership",
                                "defence",
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
                                "cli"))
                        .because("nothing in the steps reaches the finished node"));
        all.put(
                "sockets",
                noClasses()
                        .that(rules.areDomain())
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(SOCKETS)
                        .because("the domain reaches the world through ports"));
        all.put(
                "database",
                noClasses()
                        .that()
                        .resideInAPackage(root + "..")
                        .and()
                        .resideOutsideOfPackage(root + ".storage..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.sql..", "org.sqlite..")
                        .because("a store stands behind a port, and all of SQLite is in the layer storage"));
        all.put(
                "threads",
                noClasses()
                        .that(rules.areDomain())
                        .should()
                        .dependOnClassesThat(areThreads())
                        .because("all state of a node belongs to one thread, which the domain does not choose"));
        all.put(
                "clock",
                noClasses()
                        .that(rules.areDomain())
                        .should()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(java.time.Instant.class, "now")
                        .orShould()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.time.Clock")
                        .because("time comes in through the port Time, or no run could be replayed"));
        all.put(
                "chance",
                noClasses()
                        .that(rules.areDomain())
                        .should()
                        .callConstructor(java.util.Random.class)
                        .orShould()
                        .callMethod(Math.class, "random")
                        .orShould()
                        .callMethod(java.util.UUID.class, "randomUUID")
                        .orShould()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.security.SecureRandom")
                        .orShould()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                        .because("chance comes in through the constructor, or no run could be replayed"));
        all.put(
                "cycles",
                com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices()
                        .matching(root + ".(*)..")
                        .should()
                        .beFreeOfCycles()
                        .because("a course that goes step by step cannot go in circles"));
        return all;
    }

    /** A layer uses, of ours, only what is listed. */
    private com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction layer(String name, String... mayUse) {
        return classes()
                .that()
                .resideInAPackage(root + "." + name + "..")
                .should()
                .onlyDependOnClassesThat(notOfOurs().or(JavaClass.Predicates.resideInAnyPackage(packages(mayUse))));
    }

    private DescribedPredicate<JavaClass> notOfOurs() {
        return DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(root + ".."))
                .as("are not of ours");
    }

    private String[] packages(String... names) {
        return Stream.of(names).map(name -> root + "." + name + "..").toArray(String[]::new);
    }

    /** The logic: everything but adapters, assembly, and the demonstrations that make a world for it. */
    private DescribedPredicate<JavaClass> areDomain() {
        String[] logic = {
            root + ".blocks..",
            root + ".chain..",
            root + ".protocol",
            root + ".ledger..",
            root + ".membership..",
            root + ".consensus..",
            root + ".gossip..",
            root + ".sync..",
            root + ".forks..",
            root + ".repair.."
        };
        return JavaClass.Predicates.resideInAnyPackage(logic)
                .and(areNoDemonstrations())
                .as("are domain classes in " + Arrays.toString(logic));
    }

    private static DescribedPredicate<JavaClass> areNoDemonstrations() {
        return DescribedPredicate.describe(
                "are no demonstrations", type -> !type.getName().contains("Demo"));
    }

    private static DescribedPredicate<JavaClass> areThreads() {
        return DescribedPredicate.describe(
                "are threads or made for threads",
                type -> type.getName().equals("java.lang.Thread")
                        || type.getPackageName().startsWith("java.util.concurrent"));
    }

    private DescribedPredicate<JavaClass> protocolBeyondPeerTypes() {
        return DescribedPredicate.describe("belong to the protocol beyond its peers and outcomes", type -> {
            String name = type.getName().split("\\$")[0];
            return name.startsWith(root + ".protocol.")
                    && !Stream.of(
                                    "Peer",
                                    "PeerId",
                                    "PeerAddress",
                                    "Port",
                                    "IdempotencyKey",
                                    "AddOutcome",
                                    "JoinOutcome",
                                    "ReceivedJson")
                            .map(simple -> root + ".protocol." + simple)
                            .toList()
                            .contains(name);
        });
    }
}
