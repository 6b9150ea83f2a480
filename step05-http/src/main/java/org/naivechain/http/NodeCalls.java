package org.naivechain.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.naivechain.chain.DamagedBlockException;

/**
 * Holds an HTTP thread until the node has answered, but not for ever.
 *
 * @param patience how long
 */
record NodeCalls(Duration patience) {
    /**
     * Waits for an answer.
     *
     * @param call what the node was asked
     * @param <T> what it answers
     * @return its answer
     * @throws Refusal if there is none in time
     * @throws IllegalStateException if the node is broken
     */
    <T> T await(CompletionStage<T> call) {
        try {
            return call.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new Refusal(
                    Refusal.UNAVAILABLE,
                    "no answer from the node within " + patience.toSeconds() + " s; the outcome is unknown");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(Refusal.UNAVAILABLE, "this node is stopping; the outcome is unknown");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DamagedBlockException damage) {
                throw new Refusal(Refusal.UNAVAILABLE, "damaged here, ask another node: " + damage.getMessage());
            }
            throw new IllegalStateException("the node failed to answer", e.getCause());
        }
    }
}
