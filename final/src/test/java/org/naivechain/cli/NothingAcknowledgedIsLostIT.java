package org.naivechain.cli;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.naivechain.node.Client;
import org.naivechain.node.Staking;
import org.naivechain.protocol.FreePorts;

/**
 * Three real nodes, written to by many threads while they are killed and halted at random: when all is quiet again, all chains
 * are equal, and every datum that was acknowledged is in them, once. Longer with {@code -DkillSeconds}, more often with {@code
 * -DkillRuns}.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
@Tag("long")
class NothingAcknowledgedIsLostIT {
    private static final int NODES = 3;
    private static final int WRITERS = 6;
    private static final Duration TROUBLE = Duration.ofSeconds(Integer.getInteger("killSeconds", 10));

    /** A node and where it comes back when it is started again. */
    private static final class Member {
        private final Path data;
        private final List<String> join;
        private final int port = FreePorts.pair();
        private volatile Launched process;

        Member(Path data, List<String> join) {
            this.data = data;
            this.join = join;
        }

        void start() throws IOException {
            List<String> arguments = new ArrayList<>(join);
            arguments.addAll(List.of("-p", Integer.toString(port), "--data-dir", data.toString(), "--min-nodes", "3"));
            process = new Launched(arguments.toArray(String[]::new));
        }
    }

    @TempDir
    private Path directory;

    private final List<Member> members = new ArrayList<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong asked = new AtomicLong();
    private volatile boolean over;

    @AfterEach
    void endAll() {
        over = true;
        members.forEach(member -> member.process.close());
    }

    static IntStream runs() {
        return IntStream.rangeClosed(1, Integer.getInteger("killRuns", 1));
    }

    @ParameterizedTest
    @MethodSource("runs")
    @Timeout(value = 5, unit = MINUTES)
    void whatWasAcknowledgedIsInAllChainsOnce(int run) throws Exception {
        check(run, 20, Duration.ofSeconds(3), member -> List.of());
    }

    /** A block a second, and a user is told when two more follow: what a node has sealed and lost, others have. */
    @ParameterizedTest
    @MethodSource("runs")
    @Timeout(value = 5, unit = MINUTES)
    void whatWasAnsweredIsInAllMinedChainsOnce(int run) throws Exception {
        check(
                run,
                2,
                Duration.ofSeconds(20),
                member -> List.of("--consensus", "work", "--block-seconds", "1", "--confirmations", "2"));
    }

    /** However often it is killed, a node signs no second block for a slot, which would cost it its turns. */
    @ParameterizedTest
    @MethodSource("runs")
    @Timeout(value = 5, unit = MINUTES)
    void whatWasAnsweredIsInAllSignedChainsOnce(int run) throws Exception {
        Path stake = directory.resolve("stake");
        Path stakes = Staking.init(stake, List.of(1L, 1L, 1L), 500).get(0);
        check(
                run,
                2,
                Duration.ofSeconds(20),
                member -> List.of(
                        "--consensus",
                        "stake",
                        "--stakes",
                        stakes.toString(),
                        "--stake-key",
                        stake.resolve(member + ".key").toString(),
                        "--confirmations",
                        "2"));
        assertThat(client(0).texts()).noneMatch(text -> text.startsWith("equivocation"));
    }

    private void check(int run, int least, Duration patience, IntFunction<List<String>> options) throws Exception {
        startAll(options);

        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            Thread writer = new Thread(() -> write(number, patience), "writer-" + i);
            writer.start();
            writers.add(writer);
        }
        trouble(new Random(run));
        over = true;
        for (Thread writer : writers) {
            writer.join();
        }

        await().atMost(1, MINUTES).untilAsserted(() -> {
            List<String> chain = client(0).hashes();
            assertThat(client(1).hashes()).isEqualTo(chain);
            assertThat(client(2).hashes()).isEqualTo(chain);
            // Nothing is under way any more: what is added now is last.
            assertThat(client(0).add("the last " + asked.incrementAndGet()).isAdded())
                    .isTrue();
        });
        // A sealed block may carry nothing.
        List<String> texts =
                client(0).texts().stream().filter(text -> !text.isEmpty()).toList();
        assertThat(texts).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(acknowledged).hasSizeGreaterThan(least);
        System.out.println("run " + run + ": " + acknowledged.size() + " of " + asked
                + " adds were acknowledged, the chain has " + texts.size() + " blocks");
        for (int i = 0; i < NODES; i++) {
            assertThat(client(i).isHealthy()).isTrue();
        }
    }

    private void startAll(IntFunction<List<String>> options) throws Exception {
        for (int i = 0; i < NODES; i++) {
            Path data = directory.resolve("node" + i);
            List<String> arguments = new ArrayList<>(options.apply(i));
            if (i > 0) {
                arguments.addAll(List.of("--peer", "127.0.0.1:" + members.get(0).port));
            }
            Member member = new Member(data, arguments);
            members.add(member);
            member.start();
            member.process.live();
        }
        await().until(() -> members.stream()
                .allMatch(member -> new Client(member.port).peerIds().size() == NODES - 1));
    }

    /** Kills and halts, any of them, sometimes several at once; in the end all run. */
    private void trouble(Random random) throws Exception {
        long end = System.nanoTime() + TROUBLE.toNanos();
        while (System.nanoTime() < end) {
            Member victim = members.get(random.nextInt(NODES));
            if (random.nextBoolean()) {
                victim.process.signal("KILL");
                victim.process.exitStatus();
                pause(random.nextInt(1_000));
                victim.start();
            } else {
                victim.process.signal("STOP");
                pause(random.nextInt(1_500));
                victim.process.signal("CONT");
            }
            pause(random.nextInt(1_000));
        }
        for (Member member : members) {
            member.process.live();
        }
    }

    /** Part of the trouble, not a wait for something. */
    private static void pause(int millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, MILLISECONDS);
    }

    private void write(int writer, Duration patience) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(1))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        for (int i = 0; !over; i++) {
            String text = "writer " + writer + ", text " + i;
            asked.incrementAndGet();
            URI to = URI.create("http://127.0.0.1:" + (members.get((writer + i) % NODES).port + 1) + "/data");
            try {
                String answer = http.send(
                                HttpRequest.newBuilder(to)
                                        .timeout(patience)
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString("{\"data\":\"" + text + "\"}"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
                if (answer.contains("\"data\":true")) {
                    acknowledged.add(text);
                }
            } catch (IOException e) {
                // Nobody was told anything.
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private Client client(int member) {
        return new Client(members.get(member).port);
    }
}
