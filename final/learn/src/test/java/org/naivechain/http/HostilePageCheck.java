package org.naivechain.http;

import static org.naivechain.learn.Explain.same;
import static org.naivechain.learn.Explain.that;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.http.NodeOnHttp.Answered;

/** What browsers send for pages of strangers, byte by byte. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostilePageCheck {
    private static NodeOnHttp node;

    @BeforeAll
    static void start() throws IOException {
        node = NodeOnHttp.alone("a secret of the user");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    @Order(1)
    @DisplayName("The user reaches the node under every address of this machine, and as localhost")
    void servesItsUser() throws IOException {
        for (String host : new String[] {"localhost", "LocalHost", "127.0.0.1", "[::1]", "192.168.0.7"}) {
            String authority = host + ":" + node.server.port();
            Answered read = read(authority);
            same(
                    200,
                    read.status(),
                    "The user opened http://" + authority + "/data. The status:",
                    "An address is no name, so no stranger can point it elsewhere. "
                            + read.body().strip());
        }
        same(
                200,
                read("localhost").status(),
                "The user sent Host: localhost, without a port. The status:",
                "A port may be missing.");
    }

    @Test
    @Order(2)
    @DisplayName("A page of another site cannot write with the visitor's browser")
    void refusesOtherOrigins() throws IOException {
        String own = "localhost:" + node.server.port();
        for (String origin : new String[] {
            "http://evil.example", "null", "https://" + own, "http://" + own + "0", "http://" + own + ".evil.example"
        }) {
            refuses(
                    write(own, "Origin: " + origin + "\r\n"),
                    "A page of " + origin + " sent POST /data to " + own + ".",
                    "The browser names the page in Origin. Only \"http://\" and the Host, and nothing more, is the node's own.");
        }
        refuses(
                write(own, "Origin: http://" + own + "\r\nOrigin: http://evil.example\r\n"),
                "A request had two Origins, the node's own and http://evil.example.",
                "Every one of them must be the node's own.");
        same(
                200,
                write(own, "Origin: http://" + own + "\r\n").status(),
                "The node's own page sent POST /data. The status:",
                "Allowed.");
    }

    @Test
    @Order(3)
    @DisplayName("A name that a stranger makes point to this machine reaches nothing")
    void refusesRebinding() throws IOException {
        for (String name : new String[] {
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "10.1.2.3.evil.example",
            "1.2.3.4.5",
            "my-localhost",
            "127.0.0.1x"
        }) {
            String authority = name + ":" + node.server.port();
            String why =
                    "Whoever owns the name may have it point to 127.0.0.1 (DNS rebinding). Then the page's Origin is the"
                            + " Host, so the Origin says nothing. The Host still has the stranger's name.";
            Answered stolen = read(authority);
            that(
                    stolen.status() == 403 && !stolen.body().contains("secret"),
                    "A page of http://" + authority + " read GET /data of this node. It got the status "
                            + stolen.status() + (stolen.body().contains("secret") ? ", and the user's blocks." : "."),
                    why);
            refuses(
                    write(authority, "Origin: http://" + authority + "\r\n"),
                    "A page of http://" + authority + " sent POST /data to this node.",
                    why);
        }
    }

    @Test
    @Order(4)
    @DisplayName("A method in small letters is refused")
    void refusesSmallLetters() throws IOException {
        same(
                400,
                node.send("get", "/data", "Host: localhost\r\n", "").status(),
                "The request line was: get /data HTTP/1.1. The status:",
                "Methods are case-sensitive, and what a check of methods does not know must not pass it.");
    }

    private static Answered read(String host) throws IOException {
        return node.send("GET", "/data", "Host: " + host + "\r\n", "");
    }

    private static Answered write(String host, String headers) throws IOException {
        return node.send("POST", "/data", "Host: " + host + "\r\n" + headers + NodeOnHttp.WRITE, "{\"data\": 1}");
    }

    private static void refuses(Answered answer, String what, String why) {
        same(403, answer.status(), what + " The status:", why);
    }
}
