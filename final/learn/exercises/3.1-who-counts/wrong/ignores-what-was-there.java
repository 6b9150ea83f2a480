private void end(LiveConnection connection) {
    all.remove(connection);
    try {
        connection.end();
    } catch (RuntimeException e) {
        LOG.warn("a socket could not be ended", e);
    }
}
