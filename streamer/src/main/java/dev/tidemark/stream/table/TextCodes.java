package dev.tidemark.stream.table;

import java.util.Arrays;

/** Strings and their codes, with open addressing: devices and locations are looked up for every row. Not thread-safe. */
final class TextCodes {

    private String[] texts = new String[64];
    private int[] codes = new int[64];
    private int size;
    private String last;
    private int lastCode;

    /** The code of a text; -1 if it has none. */
    int find(String text) {
        if (text == last) {
            return lastCode;
        }
        int slot = slot(text);
        if (texts[slot] == null) {
            return -1;
        }
        last = text;
        lastCode = codes[slot];
        return lastCode;
    }

    /** Gives a text that has none its code, 0 or more. */
    void put(String text, int code) {
        if (++size * 2 > texts.length) {
            String[] old = texts;
            int[] oldCodes = codes;
            texts = new String[old.length * 2];
            codes = new int[old.length * 2];
            for (int i = 0; i < old.length; i++) {
                if (old[i] != null) {
                    set(old[i], oldCodes[i]);
                }
            }
        }
        set(text, code);
    }

    private void set(String text, int code) {
        int slot = slot(text);
        texts[slot] = text;
        codes[slot] = code;
    }

    private int slot(String text) {
        int hash = text.hashCode() * 0x9E3779B1;
        int slot = (hash ^ hash >>> 15) & texts.length - 1;
        while (texts[slot] != null && texts[slot] != text && !texts[slot].equals(text)) {
            slot = slot + 1 & texts.length - 1;
        }
        return slot;
    }

    /** Forgets all. */
    void clear() {
        if (size > 0) {
            Arrays.fill(texts, null);
            size = 0;
        }
        last = null;
    }
}
