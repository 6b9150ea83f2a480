package org.naivechain.http;

import static org.naivechain.learn.Explain.same;
import static org.naivechain.learn.Explain.that;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.http.NodeOnHttp.Answered;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FromAndLimitCheck {
    @AutoClose
    private NodeOnHttp node;

    @BeforeEach
    void start() throws IOException {
        node = NodeOnHttp.alone("one", "two", "three");
    }

    @Test
    @Order(1)
    @DisplayName("from and limit choose blocks, in either order, escaped or not")
    void chooses() throws IOException {
        gives("/data", "0 1 2 3");
        gives("/data?from=2", "2 3");
        gives("/data?limit=1&from=1", "1");
        gives("/data?from=007", "");
        gives("/data?from=01", "1 2 3");
        gives("/data?from=0", "0 1 2 3");
        gives("/data?from=000&limit=2", "0 1");
        gives("/data?limit=0", "");
        gives("/data?%66rom=%32", "2 3");
        gives("/data?&from=3&", "3");
    }

    @Test
    @Order(2)
    @DisplayName("A parameter that nobody knows is refused, and the answer says which there are")
    void refusesUnknown() throws IOException {
        String body = refused(
                "/data?form=2",
                "The client misspelt \"from\". If the parameter is ignored, it gets the whole"
                        + " chain, and believes that it begins at block 2.");
        that(
                body.contains("form") && body.contains("from and limit"),
                "The message must quote the unknown name, and list those that there are. It was: " + body,
                "A refusal that says what would be right saves the user a look into the manual.");
        refused("/data?from=1&page=2", "Here the first parameter is right, and the second is unknown.");
        refused(
                "/data?from%3D2",
                "%3D is an equals sign that belongs to the name: the parameter is called from=2, and has no value. Split at"
                        + " the = first, and decode the two parts after that.");
        refused(
                "/data?=",
                "The name is the empty text, and that is not among the names. The client wrote nonsense; a 500 would say that the"
                        + " node is broken.");
    }

    @Test
    @Order(3)
    @DisplayName("A parameter that is there twice is refused")
    void refusesTwice() throws IOException {
        String why =
                "One of the two would win silently. Which one differs from server to server, and attackers use that:"
                        + " a proxy checks the first, the server behind it uses the second.";
        refused("/data?from=1&from=2", why);
        refused("/data?from=1&from=1", why);
        refused("/data?from=1&%66rom=2", why);
    }

    @Test
    @Order(4)
    @DisplayName("What is not written with the digits 0 to 9 is refused")
    void refusesOtherNumbers() throws IOException {
        String[] none = {
            "-1", "", "1e3", "0x1", "1.0", "%2B1", "+1", "1+", "-0", "%D9%A2", "1_0", "99999999999999999999x"
        };
        for (String value : none) {
            String body = refused(
                    "/data?from=" + value,
                    "The rule is: one or more of the ten digits. Java's own Long.parseLong takes more than that, a sign and the"
                            + " digits of other scripts (%D9%A2 is the Arabic two).");
            that(
                    body.contains("from must be a non-negative integer"),
                    "GET /data?from=" + value
                            + ": the message must be from must be a non-negative integer: \"<value>\"." + " It was: "
                            + body,
                    "It must say which parameter, and which rule.");
        }
        refused(
                "/data?from=2=3",
                "The first = ends the name. All that follows is the value, here 2=3, and that is no number. Whoever takes it for 2"
                        + " answers a question that was not asked.");
        refused("/data?from", "A parameter without = has the empty text for a value, and that is no number.");
    }

    @Test
    @Order(5)
    @DisplayName("A number of any length is a number: beyond the end of every chain there is nothing")
    void takesHugeNumbers() throws IOException {
        gives("/data?from=99999999999999999999", "");
        gives("/data?from=9223372036854775808", "");
        gives("/data?from=2&limit=99999999999999999999", "2 3");
        gives("/data?from=0000000000000000000000002", "2 3");
        gives("/data?from=1&limit=9223372036854775807", "1 2 3");
    }

    /** The node says more than a status 500 if a class threw. */
    private Answered get(String target, String why) throws IOException {
        try {
            return node.get(target);
        } catch (UnsupportedOperationException e) {
            throw e;
        } catch (RuntimeException e) {
            that(
                    false,
                    "GET " + target + " was sent, and the client got a 500, because the class threw " + e + ".",
                    why);
            throw e;
        }
    }

    private void gives(String target, String indexes) throws IOException {
        Answered answer = get(target, "It is a sound request: from and limit are written with digits.");
        String why = "This is not an error of the client's. The message was: "
                + answer.body().strip();
        same(200, answer.status(), "A chain has the blocks 0 to 3, and GET " + target + " was sent. The status:", why);
        StringBuilder found = new StringBuilder();
        for (String block : answer.body().split("\"index\":")) {
            String index = block.replaceAll("(?s),.*", "");
            found.append(index.matches("[0-9]+") ? " " + index : "");
        }
        same(
                indexes,
                found.toString().strip(),
                "A chain has the blocks 0 to 3, and GET " + target + " was sent. The indexes in the answer:",
                "from is the index of the first block, limit how many there are at the most.");
    }

    private String refused(String target, String why) throws IOException {
        Answered answer = get(target, why);
        String shown = answer.body().strip();
        same(
                400,
                answer.status(),
                "GET " + target + " was sent, and answered with "
                        + (shown.length() > 160 ? shown.substring(0, 160) + "..." : shown) + "\nThe status:",
                why);
        return shown.replace("\\\"", "\"");
    }
}
