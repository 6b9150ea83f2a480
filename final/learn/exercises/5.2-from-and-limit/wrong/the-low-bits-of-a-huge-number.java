private static void read(String parameter, List<String> names, Map<String, String> values) {
    String[] parts = parameter.split("=", 2);
    if (!names.contains(parts[0])) {
        throw Refusal.badRequest("unknown parameter " + ReceivedJson.quoted(parts[0]) + "; there are " + String.join(" and ", names));
    }
    if (values.put(parts[0], parts.length == 1 ? "" : decode(parts[1])) != null) {
        throw Refusal.badRequest("the parameter " + parts[0] + " must not be repeated");
    }
}

static long parse(String name, String digits) {
    if (!DIGITS.matcher(digits).matches()) {
        throw Refusal.badRequest(name + " must be a non-negative integer: " + ReceivedJson.quoted(digits));
    }
    return new java.math.BigInteger(digits).longValue();
}
