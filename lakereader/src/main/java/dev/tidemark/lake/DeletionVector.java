package dev.tidemark.lake;

import dev.tidemark.lake.log.Action;
import dev.tidemark.lake.log.Base85;
import dev.tidemark.lake.log.Place;

/**
 * Which rows of a data file are deleted, and where that is written (Delta protocol, "Deletion Vectors"). Immutable: other deletions are another
 * vector, with another id.
 *
 * @param id       tells it from every other vector of the table
 * @param location absolute place of the file that holds it, spelt as in {@link DataFile}; null if it is inline
 * @param inline   its bytes in Base85; null if it is in a file
 * @param offset   where in the file it begins
 * @param size     bytes
 * @param rows     number of deleted rows
 */
public record DeletionVector(String id, String location, String inline, long offset, int size, long rows) {

    /** As a table's log notes it. */
    static DeletionVector of(Place table, Action.Deletions noted) {
        String id = noted.storage() + noted.place() + (noted.storage().equals("i") ? "" : "@" + noted.offset());
        return switch (noted.storage()) {
            case "u" -> new DeletionVector(id, table.location() + "/" + relative(noted.place()), null, noted.offset(), noted.size(), noted.rows());
            case "p" -> new DeletionVector(id, table.locate(noted.place()), null, noted.offset(), noted.size(), noted.rows());
            default -> new DeletionVector(id, null, noted.place(), 0, noted.size(), noted.rows());
        };
    }

    /** A folder, which may be missing, and the file's UUID. */
    private static String relative(String place) {
        String folder = place.substring(0, place.length() - Action.Deletions.UUID_LENGTH);
        String name = "deletion_vector_" + Base85.uuid(place.substring(folder.length())) + ".bin";
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
