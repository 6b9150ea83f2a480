private static void read(String parameter, List<String> names, Map<String, String> values) {
    String[] parts = parameter.split("=");
    String name = decode(parts[0]);
    if (!names.contains(name)) {
        throw Refusal.badRequest("unknown parameter " + ReceivedJson.quoted(name) + "; there are " + String.join(" and ", names));
    }
    if (values.put(name, parts.length == 1 ? "" : decode(parts[1])) != null) {
        throw Refusal.badRequest("the parameter " + name + " must not be repeated");
    }
}

static long parse(String name, String digits) {
    if (!DIGITS.matcher(digits).matches()) {
        throw Refusal.badRequest(name + " must be a non-negative integer: " + ReceivedJson.quoted(digits));
    }
    String exact = digits.replaceFirst("^0+(?=.)", "");
    return exact.length() > EXACT_DIGITS ? ENDLESS : Long.parseLong(exact);
}
