package dev.tidemark.lake.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts the bytes that go through, and takes their SHA-256 if asked to. For one thread at a time. */
final class Measured extends FilterOutputStream {

    private final MessageDigest digest;
    private long bytes;

    Measured(OutputStream out, boolean hashed) {
        super(out);
        try {
            digest = hashed ? MessageDigest.getInstance("SHA-256") : null;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        bytes += length;
        if (digest != null) {
            digest.update(from, offset, length);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    long bytes() {
        return bytes;
    }

    /** In hexadecimal; null if it was not asked for. */
    String sha256() {
        return digest == null ? null : HexFormat.of().formatHex(digest.digest());
    }
}
