package dev.tidemark.stream.table;

/** Who commits, for the history of a table. */
final class Engine {

    /** Name and version. */
    static final String NAME = "Tidemark/" + version();

    private Engine() {
    }

    private static String version() {
        String version = Engine.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
