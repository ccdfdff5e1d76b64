package dev.tidemark.ui.screenshot;

import dev.tidemark.ui.task.WholeFile;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;

/**
 * Writes pictures as PNG (ISO/IEC 15948), 8 bits a channel with transparency, without AWT. Stateless; safe for any thread, an image
 * that is on the screen must be read on the FX thread.
 */
public final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int TRUECOLOUR_WITH_ALPHA = 6;
    private static final int FILTER_UP = 2;

    private Png() { }

    /**
     * Writes an image. A file of that name is replaced; it appears whole or not at all.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Image image) throws IOException {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        write(file, pixels, width, height);
    }

    /**
     * Writes pixels. A file of that name is replaced; it appears whole or not at all.
     *
     * @param argb row by row, not premultiplied
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, int[] argb, int width, int height) throws IOException {
        WholeFile.write(file, out -> encode(out, argb, width, height));
    }

    private static void encode(OutputStream out, int[] argb, int width, int height) throws IOException {
        out.write(SIGNATURE);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {8, TRUECOLOUR_WITH_ALPHA, 0, 0, 0});
        chunk(out, "IHDR", header.toByteArray());
        chunk(out, "IDAT", deflated(argb, width, height));
        chunk(out, "IEND", new byte[0]);
    }

    private static byte[] deflated(int[] argb, int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
        try (DeflaterOutputStream zip = new DeflaterOutputStream(bytes, deflater, 1 << 16)) {
            byte[] above = new byte[width * 4];
            byte[] row = new byte[width * 4];
            byte[] line = new byte[width * 4 + 1];
            line[0] = FILTER_UP;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int pixel = argb[y * width + x];
                    row[4 * x] = (byte) (pixel >>> 16);
                    row[4 * x + 1] = (byte) (pixel >>> 8);
                    row[4 * x + 2] = (byte) pixel;
                    row[4 * x + 3] = (byte) (pixel >>> 24);
                }
                for (int i = 0; i < row.length; i++) {
                    line[i + 1] = (byte) (row[i] - above[i]);
                }
                zip.write(line);
                byte[] swap = above;
                above = row;
                row = swap;
            }
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static void chunk(OutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        DataOutputStream fields = new DataOutputStream(out);
        fields.writeInt(content.length);
        fields.write(name);
        fields.write(content);
        fields.writeInt((int) crc.getValue());
        fields.flush();
    }
}
