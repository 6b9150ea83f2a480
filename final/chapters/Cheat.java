import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Signs two blocks for one slot in the name of a holder, and prints the proof: java Cheat.java KEY-FILE HOLDER SLOT. */
class Cheat {
    public static void main(String[] args) throws Exception {
        if (args.length != 3) {
            System.err.println("usage: java Cheat.java KEY-FILE HOLDER SLOT");
            System.exit(2);
        }
        String pem = Files.readString(Path.of(args[0])).replaceAll("-----.*-----|\\s", "");
        PrivateKey key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        String stakes = Files.readString(Path.of(args[0]).resolveSibling("stakes.json"));
        String seed = stakes.replaceAll("(?s).*\"seed\"[^\"]*\"([^\"]*)\".*", "$1");
        String seal = "stake:" + args[2] + ":" + args[1] + ":::";
        System.out.println("equivocation " + signed(key, seed, "Alice", seal) + " " + signed(key, seed, "Bob", seal));
    }

    private static String signed(PrivateKey key, String seed, String content, String seal) throws Exception {
        HexFormat hex = HexFormat.of();
        String hash = hex.formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(US_ASCII)));
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update((seed + ":" + hash + ":" + seal).getBytes(US_ASCII));
        return hash + " " + seal + hex.formatHex(signature.sign());
    }
}
