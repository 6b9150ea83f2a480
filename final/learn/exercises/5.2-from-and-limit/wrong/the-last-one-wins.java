private static void read(String parameter, List<String> names, Map<String, String> values) {
    String[] parts = parameter.split("=", 2);
    String name = decode(parts[0]);
    if (!names.contains(name)) {
        throw Refusal.badRequest("unknown parameter " + ReceivedJson.quoted(name) + "; there are " + String.join(" and ", names));
    }
    values.put(name, parts.length == 1 ? "" : decode(parts[1]));
}

static long parse(String name, String digits) {
    if (!DIGITS.matcher(digits).matches()) {
        throw Refusal.badRequest(name + " must be a non-negative integer: " + ReceivedJson.quoted(digits));
    }
    String exact = digits.replaceFirst("^0+(?=.)", "");
    return exact.length() > EXACT_DIGITS ? ENDLESS : Long.parseLong(exact);
}
