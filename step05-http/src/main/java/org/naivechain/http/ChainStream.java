package org.naivechain.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.WireFormat;

/**
 * An answer of many blocks, written page by page, so that a chain of any length takes the memory of one page. It ends at the
 * first empty page: blocks that are added meanwhile may or may not be in it, and there is never a gap. For one thread.
 */
final class ChainStream implements Answer {
    private static final int PAGE_BLOCKS = 1_000;

    private final NodeCalls calls;
    private final boolean bodyWanted;
    private List<Block> page;
    private long next;
    private long left;

    /**
     * Reads the first page, so that a node that cannot answer is told with a status.
     *
     * @param bodyWanted whether more than the head of the answer is written
     */
    ChainStream(NodeCalls calls, long next, long left, boolean bodyWanted) {
        this.calls = calls;
        this.next = next;
        this.left = left;
        this.bodyWanted = bodyWanted;
        this.page = read();
    }

    @Override
    public void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(HttpStatus.OK_200);
        response.setContentType(JsonAnswer.CONTENT_TYPE);
        OutputStream out = response.getOutputStream();
        if (bodyWanted) {
            writeBlocks(out);
        } else {
            // Now, or the length of the empty body would be told as that of the chain (RFC 9110, 8.6).
            response.flushBuffer();
        }
        out.close();
    }

    private void writeBlocks(OutputStream out) throws IOException {
        out.write(ascii("{\"status\":\"OK\",\"data\":["));
        for (String separator = ""; !page.isEmpty(); page = read()) {
            for (Block block : page) {
                out.write(ascii(separator));
                out.write(WireFormat.mapper().writeValueAsBytes(block));
                separator = ",";
            }
        }
        out.write(ascii("]}\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private List<Block> read() {
        if (left == 0) {
            return List.of();
        }
        List<Block> blocks = calls.ask(node -> node.page(next, (int) Math.min(left, PAGE_BLOCKS)));
        next += blocks.size();
        left -= blocks.size();
        return blocks;
    }
}
