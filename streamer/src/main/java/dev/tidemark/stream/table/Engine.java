package dev.tidemark.stream.table;

/** Who commits, for the history of a table. */
final class Engine {

    /** What the name of every version begins with. */
    static final String PREFIX = "Tidemark/";

    /** Name and version. */
    static final String NAME = PREFIX + version();

    private Engine() {
    }

    private static String version() {
        String version = Engine.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
