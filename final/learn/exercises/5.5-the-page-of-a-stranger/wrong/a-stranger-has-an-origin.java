private void check(Request request) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    for (String origin : request.getHeaders().getValuesList(HttpHeader.ORIGIN)) {
        if (!origin.equals("http://" + host)) {
            throw new Refusal(
                    HttpStatus.FORBIDDEN_403,
                    "requests from pages of " + ReceivedJson.quoted(origin) + " are refused");
        }
    }
    if (onlyLocal && host != null && !request.getHeaders().contains(HttpHeader.ORIGIN) && !isLocal(host)) {
        throw new Refusal(
                HttpStatus.FORBIDDEN_403,
                "this node answers to localhost and IP addresses only, not to " + ReceivedJson.quoted(host));
    }
    String method = request.getMethod();
    // Spark takes "get" for "GET", but methods are case-sensitive (RFC 9110, section 9.1).
    if (!method.equals(method.toUpperCase(Locale.ROOT))) {
        throw Refusal.badRequest("a method is written in capitals: " + ReceivedJson.quoted(method));
    }
}

private boolean isLocal(String authority) {
    String host = PORT.matcher(authority).replaceFirst("");
    return host.equalsIgnoreCase("localhost")
            || host.equalsIgnoreCase(boundHost)
            || IP_LITERAL.matcher(host).matches();
}
