static JsonNode read(HttpServletRequest request, Duration patience) {
    ContentType.requireJson(request);
    InputStream body = new Timed(request, System.nanoTime() + patience.toNanos());
    if (request.getContentLengthLong() > MAX_BYTES) {
        throw tooLong();
    }
    return parse(decode(bytes(body)));
}

private static ByteBuffer bytes(InputStream body) {
    try {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            discard(body);
            throw tooLong();
        }
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
    try {
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
        throw Refusal.badRequest("the body is not valid UTF-8; send JSON in UTF-8, or escape it as ASCII");
    }
}
