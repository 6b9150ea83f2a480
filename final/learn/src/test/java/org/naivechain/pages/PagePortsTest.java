package org.naivechain.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagePortsTest {
    private static PagePorts ports(List<String> commands, Integer... free) {
        Queue<Integer> next = new ArrayDeque<>(Arrays.asList(free));
        return new PagePorts(commands, distances -> next.remove());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./naivechain -p 15001",
                "./naivechain --port=15001",
                "./naivechain -pport 15001",
                "./naivechain --peer 15001",
                "./naivechain --peer 127.0.0.1:15001",
                "./naivechain demo 3 --listen 15001",
                "./naivechain demo 3 --call 15001",
                "curl http://localhost:15001/data",
                "cat < /dev/tcp/127.0.0.1/15001",
                "ls naivechain-data/15001"
            })
    void commandsNameThem(String command) {
        assertThat(ports(List.of(command), 20_000).real(command)).isEqualTo(command.replace("15001", "20000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"./naivechain simulate --seeds 5000", "./naivechain -p 0", "./naivechain -p 80", "date +15001"})
    void otherNumbersAreNone(String command) {
        assertThat(ports(List.of(command)).inUse()).isEmpty();
    }

    @Test
    void theyAreReplacedWhereTheyStandAlone() {
        assertThat(ports(List.of("-p 1", "x -p 15001"), 20_000)
                        .real("15001, [15001,15001] (15001) \"15001\" a15001 150010 15001.5 1.15001"))
                .isEqualTo("20000, [20000,20000] (20000) \"20000\" a15001 150010 15001.5 1.15001");
    }

    @Test
    void whatIsCloseStaysCloseAndWhatIsFarIsAnyOtherFreeOne() {
        PagePorts ports = ports(List.of("x -p 15001 -p 15011", "x -p 9803"), 30_000, 30_001, 20_000);

        assertThat(ports.real("15001 15002 15003 15004 15005 15011 15012 9803 9804"))
                .isEqualTo("20000 20001 20002 20003 15005 20010 20011 30000 30001");
    }
}
