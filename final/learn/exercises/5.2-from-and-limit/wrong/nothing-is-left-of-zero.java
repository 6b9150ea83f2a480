    static long parse(String name, String digits) {
        if (!DIGITS.matcher(digits).matches()) {
            throw Refusal.badRequest(
                    name + " must be a non-negative integer: " + ReceivedJson.quoted(digits));
        }
        String significant = digits.replaceFirst("^0+", "");
        return significant.length() > EXACT_DIGITS ? ENDLESS : Long.parseLong(significant);
    }
