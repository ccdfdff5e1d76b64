package dev.tidemark.stream.log;

/** Who commits, for the history of a table. */
public final class Engine {

    /** What the name of every version begins with. */
    public static final String PREFIX = "Tidemark/";

    /** Name and version. */
    public static final String NAME = PREFIX + version();

    private Engine() {
    }

    private static String version() {
        String version = Engine.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
