package org.naivechain.http;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.naivechain.chain.DamagedBlockException;
import spark.Request;
import tools.jackson.databind.JsonNode;

/** Holds an HTTP thread until the client has sent its body, or the node has answered, but not for ever. */
record NodeCalls(NodeService node, Timeouts waits) {
    /** {@return the body of a request, or a {@link Refusal}} */
    JsonNode body(Request request) {
        return JsonBody.read(request.raw(), waits.body());
    }

    /**
     * Asks the node and waits for its answer.
     *
     * @throws Refusal if there is none in time
     * @throws IllegalStateException if the node is broken
     */
    <T> T ask(Function<NodeService, CompletionStage<T>> question) {
        try {
            return question.apply(node).toCompletableFuture().get(waits.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw Refusal.unavailable(
                    "no answer from the node within " + waits.answer().toSeconds() + " s; the outcome is unknown");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("this node is stopping; the outcome is unknown");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DamagedBlockException damage) {
                throw Refusal.unavailable("damaged here, ask another node: " + damage.getMessage());
            }
            throw new IllegalStateException("the node failed to answer", e.getCause());
        }
    }
}
