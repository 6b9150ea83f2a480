import java.nio.channels.FileChannel;

static Connection reader(Path file) throws StorageException {
    if (!Files.isRegularFile(file)) {
        throw new StorageException("there is no file " + file + ": start a node that makes it, or name another");
    }
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    try (FileChannel channel = FileChannel.open(file)) {
        channel.read(header);
    } catch (IOException e) {
        throw new StorageException("cannot read the file " + file + " (" + e + "): name another", e);
    }
    requireOurs(file, header.getInt(APPLICATION_OFFSET), header.getInt(VERSION_OFFSET));
    return connect(file, true, connection -> {});
}
