package dev.tidemark.stream.hub;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a link is attached to: {@code HUB}, {@code HUB/Partitions/ID}, or {@code HUB/ConsumerGroups/GROUP/Partitions/ID}.
 *
 * @param hub       as the client wrote it
 * @param group     null for one who sends
 * @param partition null for one who leaves it to the hub
 */
record Address(String hub, String group, String partition) {

    private static final Pattern FORM = Pattern.compile("([^/]+)(?:/ConsumerGroups/([^/]+))?(?:/Partitions/([^/]+))?", Pattern.CASE_INSENSITIVE);

    /** @throws AmqpError if it is no such address */
    static Address parse(String text) throws AmqpError {
        Matcher form = FORM.matcher(path(text == null ? "" : text));
        if (!form.matches()) {
            throw notFound(text);
        }
        return new Address(form.group(1), form.group(2), form.group(3));
    }

    /** An address without scheme, host and slashes at its ends. */
    static String path(String text) {
        int scheme = text.indexOf("://");
        String path = text;
        if (scheme >= 0) {
            int slash = text.indexOf('/', scheme + 3);
            path = slash < 0 ? "" : text.substring(slash);
        }
        int from = path.startsWith("/") ? 1 : 0;
        int to = path.length() > from && path.endsWith("/") ? path.length() - 1 : path.length();
        return path.substring(from, to);
    }

    static AmqpError notFound(String what) {
        return new AmqpError(AmqpError.NOT_FOUND, "Cannot find " + what + " on this hub");
    }
}
