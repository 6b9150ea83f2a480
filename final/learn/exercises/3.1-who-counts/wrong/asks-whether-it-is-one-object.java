long from(String host) {
    return all.stream().filter(one -> one.remoteHost() == host).count();
}
