private void end(LiveConnection connection) {
    all.remove(connection);
    connection.end();
}
