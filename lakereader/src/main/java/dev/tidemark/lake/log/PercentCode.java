package dev.tidemark.lake.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as a URI has it (RFC 3986): bytes of UTF-8 as two hexadecimal digits. A plus stays a plus. */
final class PercentCode {

    private PercentCode() {
    }

    /** Decodes; what is not two hexadecimal digits after a percent sign stays as it is. */
    static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            int percent = text.indexOf('%', at);
            int end = percent < 0 ? text.length() : percent;
            bytes.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
            at = end;
            if (percent >= 0) {
                int high = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 1), 16) : -1;
                int low = percent + 2 < text.length() ? Character.digit(text.charAt(percent + 2), 16) : -1;
                boolean code = high >= 0 && low >= 0;
                bytes.write(code ? high << 4 | low : '%');
                at += code ? 3 : 1;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
