package org.naivechain.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.naivechain.blocks.WireFormat;
import org.naivechain.consensus.stake.Holder;
import org.naivechain.consensus.stake.Signatures;
import org.naivechain.consensus.stake.StakeKey;
import org.naivechain.consensus.stake.StakeRules;
import org.naivechain.consensus.stake.Stakes;
import org.naivechain.ledger.BlockRules;
import org.naivechain.protocol.ReceivedJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;

/**
 * How a node takes part in a network that agrees by proof of stake.
 *
 * @param stakes the same for all nodes of a network
 * @param key that of a holder; without it the node only verifies what others seal
 * @param confirmations how many blocks must follow a block before its user is told
 */
public record Staking(Stakes stakes, Optional<StakeKey> key, int confirmations) {
    private static final String STAKES = "stakes.json";
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final int MAX_FILE_BYTES = 64 * 1024;
    private static final int SEED_BYTES = 32;
    private static final String MAKE = "; make one with: ./naivechain stake init DIR --stakes 40,30,30";

    /**
     * Reads what a node needs.
     *
     * @throws StartFailure if a file is missing, is not what it should be, or holds a secret that every user can read
     */
    public static Staking read(Path stakes, Optional<Path> key, int confirmations) throws StartFailure {
        Optional<StakeKey> own = key.isEmpty() ? Optional.empty() : Optional.of(readKey(key.get()));
        Stakes all = readStakes(stakes);
        if (own.isPresent() && all.holderOf(own.get()).isEmpty()) {
            throw new StartFailure("the key in " + key.get() + " belongs to none of the "
                    + all.holders().size() + " holders in " + stakes);
        }
        return new Staking(all, own, confirmations);
    }

    /**
     * The rules of a network with stakes, by the words that its files remember.
     *
     * @throws StartFailure if the file with the stakes is missing, or holds something else
     */
    public static Function<String, Optional<BlockRules>> rules(Path stakes, InstantSource clock) throws StartFailure {
        Stakes all = readStakes(stakes);
        return words -> words.equals(StakeRules.inWords(all))
                ? Optional.of(new StakeRules(all, new Signatures(all), clock))
                : Optional.empty();
    }

    private static Stakes readStakes(Path file) throws StartFailure {
        String json = text(file, "stakes");
        try {
            return WireFormat.mapper().readValue(json, Stakes.class);
        } catch (JacksonException e) {
            throw new StartFailure("no stakes in " + file + ": " + ReceivedJson.explain(e) + MAKE);
        }
    }

    private static StakeKey readKey(Path file) throws StartFailure {
        String pem = text(file, "key of a holder");
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new StartFailure("every user of this machine can read the key in " + file
                        + ", and sign with it; forbid it with: chmod go= " + file);
            }
        } catch (IOException e) {
            throw new StartFailure("cannot tell who can read " + file + " (" + e.getMessage() + ")");
        } catch (UnsupportedOperationException e) {
            // A system without such permissions.
        }
        try {
            return StakeKey.parse(pem);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(e.getMessage() + ", in " + file + MAKE);
        }
    }

    private static String text(Path file, String what) throws StartFailure {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new StartFailure("there is no file with the " + what + ": " + file + MAKE);
        } catch (IOException e) {
            throw new StartFailure("cannot read the " + what + " in " + file + " (" + e.getMessage() + ")");
        }
    }

    /**
     * Makes the files of a new network: {@code stakes.json} for all nodes, and a file with a key for each holder, {@code 0.key} and so
     * on, that only the user may read.
     *
     * @param directory where they are to be; made if it is missing
     * @return the files
     * @throws StartFailure if a file is there already, or cannot be written
     */
    public static List<Path> init(Path directory, List<Long> amounts, long slotMillis) throws StartFailure {
        SecureRandom random = new SecureRandom();
        List<StakeKeyPair> pairs =
                amounts.stream().map(amount -> StakeKeyPair.generate(random)).toList();
        List<Holder> holders = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            holders.add(new Holder(amounts.get(i), pairs.get(i).publicKey()));
        }
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        Stakes stakes = new Stakes(slotMillis, HexFormat.of().formatHex(seed), holders);
        List<Path> files = new ArrayList<>(List.of(directory.resolve(STAKES)));
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    files.get(0),
                    WireFormat.mapper()
                                    .writer(SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(stakes) + "\n",
                    StandardOpenOption.CREATE_NEW);
            for (int i = 0; i < pairs.size(); i++) {
                Path file = directory.resolve(i + ".key");
                writeSecret(file, pairs.get(i).privateKey());
                files.add(file);
            }
        } catch (FileAlreadyExistsException e) {
            throw new StartFailure("there is a file already: " + e.getMessage() + "; name another directory");
        } catch (IOException e) {
            throw new StartFailure("cannot write in " + directory + " (" + e.getMessage() + ")");
        }
        return files;
    }

    private static void writeSecret(Path file, String secret) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
        } else {
            Files.createFile(file);
        }
        Files.writeString(file, secret);
    }
}
