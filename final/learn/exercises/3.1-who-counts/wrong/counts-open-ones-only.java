long from(String host) {
    return all.stream().filter(one -> one.isIn && one.remoteHost().equals(host)).count();
}
