static Connection reader(Path file) throws StorageException {
    if (!Files.isRegularFile(file)) {
        throw new StorageException("there is no file " + file + ": start a node that makes it, or name another");
    }
    // A file of another program is refused before SQLite touches it.
    requireOurs(file);
    return connect(
            file,
            true,
            connection -> requireOurs(
                    file, number(connection, "PRAGMA application_id"), number(connection, "PRAGMA user_version")));
}
