package dev.tidemark.lake.scan;

import dev.tidemark.lake.LakeException;

/** The words of a condition, one at a time, and where they stand. Not thread-safe. */
final class WhereTokens {

    /** What a word is; QUOTED is a column's name in quotes. */
    enum Kind { WORD, QUOTED, TEXT, NUMBER, OPERATOR, END }

    private static final int SHOWN = 24;

    private final String all;
    private int at;
    private int end;
    private Kind kind;
    private String text;

    WhereTokens(String all) {
        this.all = all;
        next();
    }

    Kind kind() {
        return kind;
    }

    /** The word without its quotes. */
    String text() {
        return text;
    }

    /** Where the word begins, from 0. */
    int at() {
        return at;
    }

    /** Whether the word is this keyword or sign. */
    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.OPERATOR) && text.equalsIgnoreCase(word);
    }

    /** Whether a text in quotes comes next. */
    boolean textFollows() {
        int next = afterSpace(end);
        return next < all.length() && all.charAt(next) == '\'';
    }

    private int afterSpace(int from) {
        int i = from;
        while (i < all.length() && Character.isWhitespace(all.charAt(i))) {
            i++;
        }
        return i;
    }

    void next() {
        at = afterSpace(end);
        if (at == all.length()) {
            set(Kind.END, "", at);
            return;
        }
        char c = all.charAt(at);
        if (c == '\'') {
            quoted(Kind.TEXT, c);
        } else if (c == '"' || c == '`') {
            quoted(Kind.QUOTED, c);
        } else if (isDigit(at) || (c == '-' || c == '+' || c == '.') && (isDigit(at + 1)
                || c != '.' && at + 2 < all.length() && all.charAt(at + 1) == '.' && isDigit(at + 2))) {
            int i = at + 1;
            while (i < all.length() && (isDigit(i) || ".eE_".indexOf(all.charAt(i)) >= 0 || "+-".indexOf(all.charAt(i)) >= 0 && "eE".indexOf(all.charAt(i - 1)) >= 0
                    || Character.isLetter(all.charAt(i)))) {
                i++;
            }
            set(Kind.NUMBER, all.substring(at, i), i);
        } else if (Character.isJavaIdentifierStart(c)) {
            int i = at + 1;
            while (i < all.length() && (Character.isJavaIdentifierPart(all.charAt(i)) || all.charAt(i) == '.')) {
                i++;
            }
            set(Kind.WORD, all.substring(at, i), i);
        } else {
            operator();
        }
    }

    private boolean isDigit(int i) {
        return i < all.length() && all.charAt(i) >= '0' && all.charAt(i) <= '9';
    }

    private void set(Kind found, String word, int next) {
        kind = found;
        text = word;
        end = next;
    }

    private void quoted(Kind found, char quote) {
        StringBuilder word = new StringBuilder();
        int i = at + 1;
        while (i < all.length()) {
            if (all.charAt(i) == quote) {
                if (i + 1 == all.length() || all.charAt(i + 1) != quote) {
                    set(found, word.toString(), i + 1);
                    return;
                }
                i++;
            }
            word.append(all.charAt(i++));
        }
        throw wrong("the quote that begins here does not end");
    }

    private void operator() {
        String two = all.substring(at, Math.min(at + 2, all.length()));
        switch (two) {
            case "==" -> set(Kind.OPERATOR, "=", at + 2);
            case "<>", "!=" -> set(Kind.OPERATOR, "!=", at + 2);
            case "<=", ">=" -> set(Kind.OPERATOR, two, at + 2);
            default -> {
                if ("=<>(),".indexOf(two.charAt(0)) < 0) {
                    throw wrong("'" + two.charAt(0) + "' means nothing here");
                }
                set(Kind.OPERATOR, two.substring(0, 1), at + 1);
            }
        }
    }

    /** Something else should stand here. */
    LakeException expected(String what) {
        return wrong("expected " + what + ", actual " + (kind == Kind.END ? "the end" : "'" + all.substring(at, end) + "'"));
    }

    /** What stands here is wrong. */
    LakeException wrong(String why) {
        return wrong(why, at);
    }

    LakeException wrong(String why, int place) {
        String rest = all.substring(place).lines().findFirst().orElse("");
        String where = rest.isEmpty() ? "at its end" : "at character " + (place + 1) + " (\"" + (rest.length() > SHOWN ? rest.substring(0, SHOWN) + "…" : rest) + "\")";
        return new LakeException(LakeException.Reason.INVALID, "Cannot understand the condition " + where + ": " + why);
    }
}
