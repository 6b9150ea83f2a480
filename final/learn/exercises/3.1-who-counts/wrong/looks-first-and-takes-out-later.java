private void end(LiveConnection connection) {
    if (!all.contains(connection)) {
        return;
    }
    try {
        connection.end();
    } catch (RuntimeException e) {
        LOG.warn("a socket could not be ended", e);
    } finally {
        all.remove(connection);
    }
}
