package dev.tidemark.stream.decode;

import dev.tidemark.stream.source.Csv;
import dev.tidemark.stream.source.Message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes a CSV record (RFC 4180) apart into leaves, named by its header. Not thread-safe. */
final class CsvLine {

    private static final int MOST_HEADERS = 1_000;

    /** What a header says. */
    private record Header(byte separator, Field[] fields) { }

    private final Leaves leaves;
    private final NumberReader numbers = new NumberReader();
    private final Map<String, Header> headers = new HashMap<>();
    private String lastText;
    private Header last;

    CsvLine(Leaves leaves) {
        this.leaves = leaves;
    }

    /** Reads a whole record. */
    void scan(byte[] b, String headerText) throws Malformed {
        if (headerText == null) {
            throw new Malformed("a CSV line without its header (expected the property " + Message.CSV_HEADER + ")");
        }
        Header header = header(headerText);
        Field[] fields = header.fields;
        byte separator = header.separator;
        int limit = b.length;
        int cells = 0;
        int i = 0;
        while (true) {
            int from = i;
            int to;
            String text = null;
            if (i < limit && b[i] == '"') {
                from = ++i;
                boolean doubled = false;
                while (true) {
                    while (i < limit && b[i] != '"') {
                        i++;
                    }
                    if (i == limit) {
                        throw new Malformed("a quote that is not closed in cell " + (cells + 1) + " of the CSV line");
                    }
                    if (i + 1 == limit || b[i + 1] != '"') {
                        break;
                    }
                    doubled = true;
                    i += 2;
                }
                to = i++;
                if (i < limit && b[i] != separator) {
                    throw new Malformed("text behind the closing quote of cell " + (cells + 1) + " of the CSV line");
                }
                if (doubled) {
                    text = Message.text(b, from, to).replace("\"\"", "\"");
                }
            } else {
                while (i < limit && b[i] != separator) {
                    i++;
                }
                to = i;
                while (from < to && b[from] == ' ') {
                    from++;
                }
                while (to > from && b[to - 1] == ' ') {
                    to--;
                }
            }
            if (cells < fields.length) {
                cell(fields[cells], b, from, to, text);
            }
            cells++;
            if (i >= limit) {
                break;
            }
            i++;
        }
        if (cells != fields.length) {
            throw new Malformed("a CSV line with a wrong number of cells (expected " + fields.length + " as in the header, actual "
                    + cells + ")");
        }
    }

    private void cell(Field field, byte[] b, int from, int to, String text) {
        if (from == to) {
            return;
        }
        if (text != null) {
            leaves.text(field, from, to, text);
            return;
        }
        byte c = b[from];
        if (c <= '9' && numbers.read(b, from, to, false) == to) {
            leaves.number(field, numbers.value, from, to);
        } else if (is(b, from, to, "true") || is(b, from, to, "false")) {
            leaves.flag(field, (c | 0x20) == 't', from, to);
        } else if (!noNumber(b, c == '-' || c == '+' ? from + 1 : from, to)) {
            leaves.text(field, from, to, null);
        }
    }

    private static boolean noNumber(byte[] b, int from, int to) {
        return is(b, from, to, "nan") || is(b, from, to, "inf") || is(b, from, to, "infinity");
    }

    /** Whether {@code word}, in letters of any case, is all there is. */
    private static boolean is(byte[] b, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((b[from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private Header header(String text) {
        // The same instance for all lines of a file: seldom more than this comparison.
        if (text == lastText) {
            return last;
        }
        last = headers.get(text);
        if (last == null) {
            if (headers.size() == MOST_HEADERS) {
                headers.clear();
            }
            last = parse(text);
            headers.put(text, last);
        }
        lastText = text;
        return last;
    }

    private Header parse(String text) {
        char separator = Csv.separator(text);
        List<Field> fields = new ArrayList<>();
        Field before = null;
        for (String name : names(text, separator)) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            before = leaves.field(leaves.root(), before, bytes, 0, bytes.length, name);
            fields.add(before);
        }
        return new Header((byte) separator, fields.toArray(Field[]::new));
    }

    private static List<String> names(String text, char separator) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    name.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == separator && !quoted) {
                names.add(name.toString().strip());
                name.setLength(0);
            } else {
                name.append(c);
            }
        }
        names.add(name.toString().strip());
        return names;
    }
}
