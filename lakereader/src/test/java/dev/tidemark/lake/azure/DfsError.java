package dev.tidemark.lake.azure;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An error as the service words it. */
final class DfsError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    DfsError(int status, String code, String text) {
        super(text);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    DfsAnswer answer() {
        return new DfsAnswer(status, Map.of("x-ms-error-code", code, "Content-Type", "application/json;charset=utf-8"),
                ("{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + getMessage() + "\\nRequestId:0\\nTime:0\"}}").getBytes(StandardCharsets.UTF_8));
    }
}
