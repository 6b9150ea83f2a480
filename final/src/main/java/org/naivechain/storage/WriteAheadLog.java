package org.naivechain.storage;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log beside an SQLite file (<a href="https://www.sqlite.org/fileformat2.html#the_write_ahead_log">its format</a>), in which
 * the last writes are until they are moved to the file. SQLite reads it up to the first frame whose checksum is wrong, and takes
 * the rest for what a crash tore, which the disk had not confirmed. But a later write begins only when the one before is on the
 * disk: what has two commits behind it was torn by no crash. The very last write, if a page of it is lost, cannot be told from one
 * that a crash tore. To be read before anybody in this program opens the file.
 */
final class WriteAheadLog {
    private static final int HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;
    private static final int FRAME_CHECKED_BYTES = 8;
    private static final int MAGIC = 0x377f0682;
    private static final int MAX_PAGE_BYTES = 65_536;

    private final DataInputStream in;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int sum;
    private int otherSum;

    private WriteAheadLog(DataInputStream in) {
        this.in = in;
    }

    /** {@return whether something is lost that was on the disk} The log's file need not exist. */
    static boolean isDamaged(Path log) throws IOException {
        if (!Files.exists(log)) {
            return false;
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(log)))) {
            return new WriteAheadLog(in).isDamaged();
        }
    }

    private boolean isDamaged() throws IOException {
        byte[] header = in.readNBytes(HEADER_BYTES);
        if (header.length < HEADER_BYTES) {
            return false;
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        order = (fields.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        add(fields.slice(0, HEADER_BYTES - 8));
        int pageBytes = fields.getInt(8);
        if ((fields.getInt(0) & ~1) != MAGIC
                || !isSum(fields, HEADER_BYTES - 8)
                || pageBytes < 1
                || pageBytes > MAX_PAGE_BYTES) {
            // It is on the disk before the first frame is written.
            return true;
        }
        return hasCommitsBehindDamage(fields.getLong(16), pageBytes);
    }

    private boolean hasCommitsBehindDamage(long salt, int pageBytes) throws IOException {
        boolean sound = true;
        int commitsBehind = 0;
        int frameBytes = FRAME_HEADER_BYTES + pageBytes;
        for (byte[] frame = in.readNBytes(frameBytes); frame.length == frameBytes; frame = in.readNBytes(frameBytes)) {
            ByteBuffer fields = ByteBuffer.wrap(frame);
            boolean current = fields.getLong(8) == salt;
            if (sound) {
                add(fields.slice(0, FRAME_CHECKED_BYTES));
                add(fields.slice(FRAME_HEADER_BYTES, pageBytes));
                sound = current && isSum(fields, FRAME_HEADER_BYTES - 8);
            }
            boolean commit = fields.getInt(4) != 0;
            if (!sound && current && commit) {
                commitsBehind++;
            }
        }
        return commitsBehind > 1;
    }

    private boolean isSum(ByteBuffer fields, int at) {
        return fields.getInt(at) == sum && fields.getInt(at + 4) == otherSum;
    }

    private void add(ByteBuffer bytes) {
        bytes.order(order);
        while (bytes.remaining() >= 8) {
            sum += bytes.getInt() + otherSum;
            otherSum += bytes.getInt() + sum;
        }
    }
}
