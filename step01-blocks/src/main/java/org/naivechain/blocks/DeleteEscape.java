package org.naivechain.blocks;

import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/** Escapes U+007F (delete), which Jackson takes for printable ASCII and the wire format does not. */
final class DeleteEscape extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final char DELETE = 0x7f;
    private static final SerializedString ESCAPED = new SerializedString("\\u007f");
    private static final int[] ESCAPES = escapes();

    private static int[] escapes() {
        int[] escapes = standardAsciiEscapesForJSON();
        escapes[DELETE] = ESCAPE_CUSTOM;
        return escapes;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ESCAPES;
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
        return character == DELETE ? ESCAPED : null;
    }
}
