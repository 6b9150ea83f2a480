package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class NetworkKeyFileTest {
    private static final String SECRET = "sixteen bytes ok";

    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    @TempDir
    private Path directory;

    @Test
    void aFileWithSixteenBytesIsAKeyAndALineEndIsNoPartOfIt() throws Exception {
        Path written = file("written", SECRET);
        Path edited = file("edited", SECRET + "\r\n");
        LiveNode a = start(written, Optional.empty());
        start(edited, Optional.of(a));

        assertThat(new Client(a.port()).add("both hold the key").isAdded()).isTrue();
    }

    @Test
    void aNodeWithoutTheKeyOrWithAnotherDoesNotGetIn() throws Exception {
        LiveNode a = start(file("key", SECRET), Optional.empty());

        assertThat(new Client(nodes.joining(a).port()).join(a.port()).message())
                .contains("refused: this network needs a key: start with --network-key-file");
        LiveNode other = start(file("other", SECRET + "!"), Optional.of(a));
        assertThat(new Client(other.port()).join(a.port()).message())
                .contains("the node there did not prove that it holds this node's network key");
        assertThat(new Client(a.port()).peerIds()).isEmpty();
    }

    @Test
    void aNodeWithAKeyJoinsNoNetworkWithout() throws Exception {
        LiveNode a = nodes.alone();

        assertThat(new Client(start(file("key", SECRET), Optional.of(a)).port())
                        .join(a.port())
                        .message())
                .contains("the node there has no network key, and this one has");
    }

    @Test
    void aFileThatIsNoKeyIsRefusedBeforeAnythingStarts() throws Exception {
        String make = "; make one with: head -c 32 /dev/urandom | base64 > FILE";
        Path none = directory.resolve("none");
        Path empty = file("empty", "\n\n");
        Path tooShort = file("short", "fifteen bytes..\n");
        Path tooLong = file("long", "x".repeat(4_097));

        assertRefused(none, "there is no network key file " + none + make);
        assertRefused(empty, "a network key must have at least 16 bytes, and " + empty + " has 0" + make);
        assertRefused(tooShort, "a network key must have at least 16 bytes, and " + tooShort + " has 15" + make);
        assertRefused(tooLong, "a network key must have at most 4096 bytes, and " + tooLong + " has more" + make);
        assertRefused(directory, "cannot read the network key file " + directory + " (Is a directory)");
    }

    private void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> start(file, Optional.empty()))
                .isInstanceOf(StartFailure.class)
                .hasMessage(message);
    }

    private Path file(String name, String text) throws Exception {
        Path file = Files.writeString(directory.resolve(name), text);
        // For its owner only, or the node warns.
        file.toFile().setReadable(false, false);
        file.toFile().setReadable(true, true);
        return file;
    }

    private LiveNode start(Path key, Optional<LiveNode> member) throws StartFailure {
        return nodes.closing(LiveNode.start(new NodeOptions(
                "127.0.0.1",
                0,
                member.map(node -> LiveNodes.at(node.port())),
                Optional.empty(),
                NodeOptions.DEFAULT_MIN_NODES,
                Consensus.MAJORITY,
                Optional.empty(),
                Optional.of(key),
                Optional.empty(),
                false)));
    }
}
