package dev.tidemark.stream.state;

/**
 * Something that remembers what it has seen and can be written down and read back: one section of a state file. Written and read by the thread that
 * owns it.
 */
public interface StatePart {

    /** Name of the section, unique in a file. */
    String section();

    /** Number of the form that {@link #write} writes; a state of another form is not read. */
    int form();

    /** All settings on which what is remembered depends, as text; a state that was written under others is not read. */
    String settings();

    /** Writes down all that is remembered. Done between batches while the stream waits: it should take milliseconds. */
    void write(StateWriter out);

    /**
     * Takes in what {@link #write} wrote. Nothing was remembered before.
     *
     * @throws BrokenState if it makes no sense; then the part is thrown away
     */
    void read(StateReader in);
}
