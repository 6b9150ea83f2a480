static JsonNode read(HttpServletRequest request, Duration patience) {
    ContentType.requireJson(request);
    InputStream body = new Timed(request, System.nanoTime() + patience.toNanos());
    // Exercise 5.3: refuse a body that is said to be too long; then bytes(...), decode(...), and parse(...).
    throw new UnsupportedOperationException("exercise 5.3: write read");
}

private static ByteBuffer bytes(InputStream body) {
    try {
        // Exercise 5.3: whoever sends the body decides how many bytes these are.
        byte[] bytes = body.readAllBytes();
        return ByteBuffer.wrap(bytes);
    } catch (IOException e) {
        throw new Refusal(HttpStatus.REQUEST_TIMEOUT_408, "the body did not arrive in time; send it again");
    } catch (IllegalStateException | IllegalArgumentException e) {
        if (e instanceof HttpException broken) {
            throw new Refusal(broken.getCode(), JettyErrors.message(broken.getCode(), broken.getReason()));
        }
        throw e;
    }
}

private static String decode(ByteBuffer bytes) {
    // Exercise 5.3: the text of the bytes, or a Refusal if they are no UTF-8.
    throw new UnsupportedOperationException("exercise 5.3: write decode");
}
