package dev.tidemark.ui.screenshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTest {

    @TempDir
    Path folder;

    @Test
    void another_reader_finds_every_pixel_again() throws IOException {
        int[] argb = new Random(1).ints(37 * 23).toArray();
        Path file = folder.resolve("a.png");
        Png.write(file, argb, 37, 23);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(37);
        assertThat(image.getHeight()).isEqualTo(23);
        assertThat(image.getRGB(0, 0, 37, 23, null, 0, 37)).isEqualTo(argb);
    }

    @Test
    void an_older_file_is_replaced_and_nothing_else_is_left() throws IOException {
        Path file = folder.resolve("a.png");
        Files.writeString(file, "older");
        Png.write(file, new int[] {0xff123456}, 1, 1);
        assertThat(ImageIO.read(file.toFile()).getRGB(0, 0)).isEqualTo(0xff123456);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_folder_that_is_not_there_is_an_error() {
        assertThatThrownBy(() -> Png.write(folder.resolve("no/a.png"), new int[1], 1, 1)).isInstanceOf(IOException.class);
    }
}
