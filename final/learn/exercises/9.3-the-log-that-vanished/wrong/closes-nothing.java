import java.io.InputStream;

static Connection reader(Path file) throws StorageException {
    if (!Files.isRegularFile(file)) {
        throw new StorageException("there is no file " + file + ": start a node that makes it, or name another");
    }
    try {
        InputStream in = Files.newInputStream(file);
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(HEADER_BYTES));
        requireOurs(file, header.getInt(APPLICATION_OFFSET), header.getInt(VERSION_OFFSET));
    } catch (IOException e) {
        throw new StorageException("cannot read the file " + file + " (" + e + "): name another", e);
    }
    return connect(file, true, connection -> {});
}
