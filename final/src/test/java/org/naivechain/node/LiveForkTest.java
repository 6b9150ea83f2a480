package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the naive vote does wrong when two users write at once, and how it is mended, on real sockets. */
class LiveForkTest {
    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    /** What a user was told is added, or is in the chain of the node that was asked. */
    private final Set<String> inSomeChain = ConcurrentHashMap.newKeySet();

    private int asked;

    @Test
    void twoNodesForkAndSettleAndBothEndWithAllThatWasInEitherChain() throws Exception {
        LiveNode a = nodes.alone();
        LiveNode b = nodes.joining(a);
        List<Client> clients = List.of(new Client(a.port()), new Client(b.port()));

        await().atMost(Duration.ofSeconds(40)).until(() -> {
            addAtOnce(clients);
            return haveForked(clients);
        });

        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            assertThat(clients.get(0).hashes()).isEqualTo(clients.get(1).hashes());
            assertThat(clients.get(0).texts()).containsExactlyInAnyOrderElementsOf(inSomeChain);
        });
        assertThat(inSomeChain).hasSizeGreaterThan(1);
    }

    private void addAtOnce(List<Client> clients) {
        asked++;
        Stream<CompletableFuture<Void>> adds = clients.stream()
                .map(client -> CompletableFuture.runAsync(() -> {
                    String text = asked + " at " + clients.indexOf(client);
                    Client.Answer answer = client.add(text);
                    if (answer.isAdded() || answer.message().contains("the data is in this node's chain")) {
                        inSomeChain.add(text);
                    }
                }));
        CompletableFuture.allOf(adds.toArray(CompletableFuture[]::new)).join();
    }

    private static boolean haveForked(List<Client> clients) {
        List<String> one = clients.get(0).hashes();
        List<String> other = clients.get(1).hashes();
        int common = Math.min(one.size(), other.size());
        return !one.subList(0, common).equals(other.subList(0, common));
    }
}
