package dev.tidemark.ui.sources;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person has to do to sign in.
 *
 * @param text as the sign-in tells it
 * @param page address of the page to open; "" if it opens by itself
 * @param code to type there; "" for none
 */
public record Prompt(String text, String page, String code) {

    private static final Pattern PAGE = Pattern.compile("https?://\\S+?(?=[,.;]?(\\s|$))");
    private static final Pattern CODE = Pattern.compile("\\bcode ([A-Z0-9-]{4,})");

    /** Takes a sentence apart. */
    static Prompt of(String text) {
        Matcher page = PAGE.matcher(text);
        Matcher code = CODE.matcher(text);
        return new Prompt(text, page.find() ? page.group() : "", code.find() ? code.group(1) : "");
    }
}
