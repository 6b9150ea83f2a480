package org.naivechain.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.naivechain.learn.Explain.same;
import static org.naivechain.learn.Explain.that;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.WireFormat;
import org.naivechain.http.NodeOnHttp.Answered;
import tools.jackson.core.JacksonException;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LongChainCheck {
    private static final int TEXT = 100_000;
    private static final Pattern INDEX = Pattern.compile("\"index\":([0-9]+)");

    /** What the node was asked for. */
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    @AutoClose
    private final NodeOnHttp node = new NodeOnHttp(
            service -> new NodeOnHttp.Between(service) {
                @Override
                public CompletionStage<List<Block>> page(long from, int limit) {
                    asked.add("page(" + from + ", " + limit + ")");
                    return super.page(from, limit);
                }
            },
            NodeOnHttp.SHORT);

    LongChainCheck() throws IOException {}

    @Test
    @Order(1)
    @DisplayName("A short chain is one JSON document with every block in order")
    void writesAShortChain() throws IOException {
        node.append("one");
        node.append("two");
        Answered answer = node.get("/data");
        gives(answer, "GET /data of a chain with 3 blocks", "0 1 2");
        gives(node.get("/data?from=3"), "GET /data?from=3 of a chain with 3 blocks", "");
        asked.clear();
        gives(node.get("/data?limit=0"), "GET /data?limit=0", "");
        asksNobodyForNothing("GET /data?limit=0");
    }

    @Test
    @Order(2)
    @DisplayName("A page may be shorter than asked for: the chain ends at the first empty page")
    void goesOnAfterAShortPage() throws IOException {
        for (int i = 1; i < 12; i++) {
            node.append("x".repeat(TEXT));
        }
        gives(
                node.get("/data"),
                "GET /data of a chain with 12 blocks, most of 100 kB, so a page holds a few",
                "0 1 2 3 4 5 6 7 8 9 10 11");
    }

    @Test
    @Order(3)
    @DisplayName("The limit holds over all pages together, and the node is not asked for more")
    void keepsTheLimit() throws IOException {
        for (int i = 1; i < 12; i++) {
            node.append("x".repeat(TEXT));
        }
        gives(
                node.get("/data?from=1&limit=8"),
                "GET /data?from=1&limit=8 of a chain with 12 blocks",
                "1 2 3 4 5 6 7 8");
        asksNobodyForNothing("GET /data?from=1&limit=8");
        same(
                "page(1, 8)",
                asked.get(0),
                "GET /data?from=1&limit=8. What the node was asked for first:",
                "Each question costs the node's only thread time. Ask for what is left, and for a page of blocks at the most.");
        asked.clear();
        node.get("/data?from=1");
        same(
                "page(1, 1000)",
                asked.get(0),
                "GET /data?from=1, without a limit. What the node was asked for first:",
                "PAGE_BLOCKS is the most for one question.");
    }

    @Test
    @Order(4)
    @DisplayName("The first blocks are on their way before the last page is read")
    void writesAsItReads() throws IOException {
        Block large = Block.GENESIS.next(BlockData.of("x".repeat(TEXT)));
        CompletableFuture<List<Block>> last = new CompletableFuture<>();
        try (NodeOnHttp many = pages(from -> from < 50
                        ? CompletableFuture.completedFuture(List.of(large))
                        : from == 50 ? last : CompletableFuture.completedFuture(List.of()));
                Socket socket = many.open()) {
            socket.getOutputStream()
                    .write("GET /data HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            String begin = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
            last.complete(List.of());
            same(
                    "HTTP/1.1 200",
                    begin,
                    "A chain had 50 blocks of 100 kB, and the node gave its last page only when the client had the first bytes."
                            + " The answer began with:",
                    "The answer was held back until all pages were there, so the node gave up (503). A chain that is collected"
                            + " first takes memory for all of it, for each client. Write each page before you read the next.");
        }
    }

    @Test
    @Order(5)
    @DisplayName("A node that fails in the middle ends the connection: half an answer must not look whole")
    void cutsOff() throws IOException {
        Block large = Block.GENESIS.next(BlockData.of("x".repeat(TEXT)));
        try (NodeOnHttp broken = pages(from -> from < 5
                        ? CompletableFuture.completedFuture(List.of(large))
                        : CompletableFuture.failedFuture(new IOException("disk full")));
                Socket socket = broken.open()) {
            socket.getOutputStream().write("GET /data HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
            that(
                    !endsWithItsLastChunk(socket),
                    "The node failed after 5 blocks, and the client got an answer that ends as it should, with the last chunk.",
                    "The status was sent long ago. Let the exception pass: Exchange closes the connection, and the client sees"
                            + " that the last chunk is missing.");
        }
        String written = writtenUntilTheNodeFails();
        that(
                !written.contains("]}"),
                "The node failed after 3 blocks, and writeBlocks wrote the end of the document all the same. Its last characters: "
                        + written.substring(Math.max(0, written.length() - 40)).strip(),
                "What is written after a failure makes half a chain look like a whole one. Whether it still reaches the client"
                        + " is a matter of buffers.");
    }

    /** What goes out for a chain whose fourth block the node cannot give. */
    private static String writtenUntilTheNodeFails() throws IOException {
        NodeService failing = new NodeOnHttp.Between(null) {
            @Override
            public CompletionStage<List<Block>> page(long from, int limit) {
                return from < 3
                        ? CompletableFuture.completedFuture(List.of(Block.GENESIS))
                        : CompletableFuture.failedFuture(new IOException("disk full"));
            }
        };
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
                LongChainCheck.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> method.getName().equals("getOutputStream") ? into(written) : null);
        try {
            new ChainStream(new NodeCalls(failing, NodeOnHttp.SHORT), 0, Query.ENDLESS, true).writeTo(response);
        } catch (IllegalStateException e) {
            // The node failed, as it should.
        }
        return written.toString(ISO_8859_1);
    }

    private static ServletOutputStream into(ByteArrayOutputStream written) {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {}

            @Override
            public void write(int next) {
                written.write(next);
            }
        };
    }

    private void asksNobodyForNothing(String what) {
        that(
                asked.stream().noneMatch(question -> question.endsWith(", 0)")),
                what + ": the node was asked for no blocks at all. The questions: " + asked,
                "If nothing is left, read gives an empty list by itself. A question costs the node's only thread time, and its"
                        + " answer is known.");
    }

    /** Reads until the answer or the connection ends. */
    private static boolean endsWithItsLastChunk(Socket socket) throws IOException {
        StringBuilder end = new StringBuilder();
        byte[] buffer = new byte[TEXT];
        while (!end.toString().endsWith("\r\n0\r\n\r\n")) {
            int count = socket.getInputStream().read(buffer);
            if (count < 0) {
                return false;
            }
            end.append(new String(buffer, 0, count, ISO_8859_1));
            end.delete(0, Math.max(0, end.length() - 10));
        }
        return true;
    }

    /** Where a chain of the check's own has its blocks. */
    private interface Pages {
        CompletionStage<List<Block>> from(long index);
    }

    private static NodeOnHttp pages(Pages pages) throws IOException {
        return new NodeOnHttp(
                service -> new NodeOnHttp.Between(service) {
                    @Override
                    public CompletionStage<List<Block>> page(long from, int limit) {
                        return pages.from(from);
                    }
                },
                NodeOnHttp.SHORT);
    }

    private static void gives(Answered answer, String what, String indexes) {
        String shown = answer.body().replaceAll("x{100,}", "xxx...").strip();
        String begin = shown.length() > 300 ? shown.substring(0, 300) + "..." : shown;
        same(200, answer.status(), what + ". The status:", begin);
        try {
            WireFormat.mapper().readTree(answer.body());
        } catch (JacksonException e) {
            that(
                    false,
                    what + ": the body is no JSON: " + e.getOriginalMessage() + " at column "
                            + e.getLocation().getColumnNr() + "\n  it began: " + begin,
                    "{\"status\":\"OK\",\"data\":[ comes before the first block, a comma between two blocks, also where a page"
                            + " ends, and ]} after the last.");
        }
        that(
                answer.body().endsWith("]}\n"),
                what + ": the answer ends without a line end.",
                "Every other answer of this API ends with one. A shell would show its prompt behind the last brace.");
        List<String> found = new ArrayList<>();
        Matcher matcher = INDEX.matcher(answer.body());
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        same(
                indexes,
                String.join(" ", found),
                what + ". The indexes of the blocks:",
                "Every block once, in order. The next page begins after the blocks that came, which may be fewer than were"
                        + " asked for. Only an empty page, or no blocks left of the limit, is the end.");
    }
}
