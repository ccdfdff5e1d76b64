package dev.tidemark.lake.log;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class InventoryTest {

    @TempDir
    private Path folder;

    @Test
    void a_few_files_or_many_are_found_out_alike() throws IOException {
        Place table = Place.local(folder);
        Files.createDirectory(folder.resolve("day=a%2Fb"));
        for (int count : new int[] {3, 40}) {
            List<String> asked = new ArrayList<>();
            List<String> gone = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                asked.add(table.location() + "/day=a%2Fb/x y" + i);
                if (i % 3 == 0) {
                    gone.add(asked.get(i));
                } else {
                    Files.writeString(folder.resolve("day=a%2Fb/x y" + i), "");
                }
            }
            for (int i = 0; i < count; i++) {
                asked.add(table.location() + "/none/" + i);
                gone.add(table.location() + "/none/" + i);
            }
            assertThat(Inventory.missing(asked)).containsExactlyInAnyOrderElementsOf(gone);
        }
        assertThat(Inventory.missing(List.of())).isEmpty();
    }
}
