package dev.tidemark.ui.travel;

/** Where on the line of versions the desktop stands. */
public sealed interface Position {

    /** At the newest version, and moving on with it. */
    record Live() implements Position { }

    /** At what was newest when someone said stop, provisional windows included. */
    record Held() implements Position { }

    /** At a version of the past. */
    record At(long version) implements Position { }

    Position LIVE = new Live();
    Position HELD = new Held();

    /** Whether new commits change what is shown. */
    default boolean follows() {
        return this instanceof Live;
    }
}
