package org.naivechain.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.WireFormat;

/**
 * An answer of many blocks, written page by page, so that a chain of any length takes the memory of one page. It ends at the
 * first empty page: blocks that are added meanwhile may or may not be in it, and there is never a gap. For one thread.
 */
final class ChainStream implements Answer {
    private static final int PAGE_BLOCKS = 1_000;
    private static final byte[] HEAD = ascii("{\"status\":\"OK\",\"data\":[");
    private static final byte[] TAIL = ascii("]}\n");

    private final NodeService node;
    private final NodeCalls calls;
    private final boolean bodyWanted;
    private List<Block> page;
    private long next;
    private long left;

    private ChainStream(NodeService node, NodeCalls calls, Range range, boolean bodyWanted) {
        this.node = node;
        this.calls = calls;
        this.bodyWanted = bodyWanted;
        this.next = range.from();
        this.left = range.limit();
        this.page = read();
    }

    /**
     * Reads the first page, so that a node that cannot answer is told with a status.
     *
     * @param node whose chain
     * @param calls how to wait for it
     * @param range which blocks
     * @param bodyWanted whether more than the head of the answer is written
     * @return the answer
     */
    static ChainStream open(NodeService node, NodeCalls calls, Range range, boolean bodyWanted) {
        return new ChainStream(node, calls, range, bodyWanted);
    }

    @Override
    public void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(JsonAnswer.OK);
        response.setContentType(JsonAnswer.CONTENT_TYPE);
        OutputStream out = response.getOutputStream();
        if (bodyWanted) {
            writeBlocks(out);
        }
        out.close();
    }

    private void writeBlocks(OutputStream out) throws IOException {
        out.write(HEAD);
        for (boolean first = true; !page.isEmpty(); page = read()) {
            for (Block block : page) {
                if (!first) {
                    out.write(',');
                }
                out.write(WireFormat.mapper().writeValueAsBytes(block));
                first = false;
            }
        }
        out.write(TAIL);
    }

    private List<Block> read() {
        if (left == 0) {
            return List.of();
        }
        List<Block> blocks = calls.await(node.page(next, (int) Math.min(left, PAGE_BLOCKS)));
        next += blocks.size();
        left -= blocks.size();
        return blocks;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
