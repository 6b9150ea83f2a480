private void end(LiveConnection connection) {
    if (all.remove(connection)) {
        connection.end();
    }
}
