private static void read(String parameter, List<String> names, Map<String, String> values) {
    String[] parts = parameter.split("=", 2);
    String name = decode(parts[0]);
    if (values.put(name, parts.length == 1 ? "" : decode(parts[1])) != null) {
        throw Refusal.badRequest("the parameter " + name + " must not be repeated");
    }
}

static long parse(String name, String digits) {
    if (!DIGITS.matcher(digits).matches()) {
        throw Refusal.badRequest(name + " must be a non-negative integer: " + ReceivedJson.quoted(digits));
    }
    return digits.length() > EXACT_DIGITS ? ENDLESS : Long.parseLong(digits);
}
