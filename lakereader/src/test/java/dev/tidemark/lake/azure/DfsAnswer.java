package dev.tidemark.lake.azure;

import java.util.Map;

/** An answer before it is sent. */
record DfsAnswer(int status, Map<String, String> headers, byte[] body) {

    static DfsAnswer of(int status, Map<String, String> headers) {
        return new DfsAnswer(status, headers, new byte[0]);
    }
}
