package dev.tidemark.stream.window;

import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What rows are about: a device at a location, or a location. It numbers its measures, and has the sessions of each. */
abstract class Subject {

    final String grain;
    final String deviceId;
    final String location;

    private final List<String> measures = new ArrayList<>(4);
    private Integer[] byName = new Integer[0];
    /** Specification → measure → sessions; null where there is none. */
    private final Sessions[][] sessions;
    /** How much is open: without any it can be forgotten. */
    private int open;

    Subject(String grain, String deviceId, String location, int specs) {
        this.grain = grain;
        this.deviceId = deviceId;
        this.location = location;
        this.sessions = new Sessions[specs][];
    }

    /** The number of a measure; a new one if it has none. */
    int number(String measure) {
        int number = measures.indexOf(measure);
        if (number < 0) {
            number = measures.size();
            measures.add(measure);
        }
        return number;
    }

    String measure(int number) {
        return measures.get(number);
    }

    int measures() {
        return measures.size();
    }

    /** Numbers of the measures, in the order of their names. */
    Integer[] measuresByName() {
        if (byName.length != measures.size()) {
            byName = new Integer[measures.size()];
            Arrays.setAll(byName, i -> i);
            Arrays.sort(byName, Comparator.comparing(measures::get));
        }
        return byName;
    }

    /** Sessions of a measure; null if there are none. */
    Sessions sessions(int spec, int measure) {
        Sessions[] known = sessions[spec];
        return known == null || measure >= known.length ? null : known[measure];
    }

    /** Begins the sessions of a measure; there must be none yet. */
    Sessions begin(int spec, int measure) {
        Sessions[] known = sessions[spec];
        if (known == null || measure >= known.length) {
            known = known == null ? new Sessions[measures.size()] : Arrays.copyOf(known, measures.size());
            sessions[spec] = known;
        }
        known[measure] = new Sessions(this, measure);
        opened();
        return known[measure];
    }

    /** Forgets the sessions of a measure. */
    void end(int spec, Sessions gone) {
        sessions[spec][gone.measure] = null;
        ended();
    }

    void opened() {
        open++;
    }

    void ended() {
        open--;
    }

    boolean isIdle() {
        return open == 0;
    }

    /** Writes the names of the measures and the sessions. */
    void write(StateWriter out) {
        out.number(measures.size());
        measures.forEach(out::text);
        for (Sessions[] known : sessions) {
            int count = 0;
            for (int measure = 0; known != null && measure < known.length; measure++) {
                count += known[measure] == null ? 0 : 1;
            }
            out.number(count);
            for (int measure = 0; known != null && measure < known.length; measure++) {
                if (known[measure] != null) {
                    out.number(measure);
                    known[measure].write(out);
                }
            }
        }
    }

    /** @param due hears of each of the sessions read, with the number of its specification */
    void read(StateReader in, SessionsRead due) {
        for (int i = in.count(4); i > 0; i--) {
            measures.add(in.text());
        }
        for (int spec = 0; spec < sessions.length; spec++) {
            for (int i = in.count(4); i > 0; i--) {
                Sessions read = begin(spec, in.index(measures.size()));
                read.read(in);
                due.accept(spec, read);
            }
        }
    }

    /** Takes sessions that were read. */
    interface SessionsRead {
        void accept(int spec, Sessions sessions);
    }
}
