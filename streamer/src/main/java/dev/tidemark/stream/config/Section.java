package dev.tidemark.stream.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Keys and values of one level of a {@link ConfigFile}. To ask for a key is to know it; keys that nobody asked for are mistakes. A value that
 * cannot be used is noted, the default given instead, and reading goes on, so that the next mistake is found as well: what is made of a file with
 * mistakes is never handed out. Not thread-safe.
 */
public final class Section {

    private final Mistakes mistakes;
    private final String path;
    private final Node.Fields node;
    private final Set<String> known = new LinkedHashSet<>();
    private boolean keysAreFree;

    Section(Mistakes mistakes, String path, Node.Fields node) {
        this.mistakes = mistakes;
        this.path = path;
        this.node = node;
    }

    /** Whether something is written for a key. */
    public boolean has(String key) {
        return field(key) != null;
    }

    /** A value as its reader understands it, which throws IllegalArgumentException with a message for the user; the default if there is none. */
    public <T> T value(String key, T otherwise, Function<String, T> reader) {
        Node.Field field = field(key);
        return field == null ? otherwise : read(key, name(key), field.value(), otherwise, reader);
    }

    /** A value that must be there; if it is not, or unusable, what this section makes is given up. */
    public <T> T required(String key, Function<String, T> reader) {
        Node.Field field = field(key);
        if (field == null) {
            throw missing(key);
        }
        T value = read(key, name(key), field.value(), null, reader);
        if (value == null) {
            throw new Mistakes.Refused();
        }
        return value;
    }

    /** Text that is not blank. */
    public String text(String key, String otherwise) {
        return value(key, otherwise, Section::notBlank);
    }

    /** Text that is not blank and must be there. */
    public String requiredText(String key) {
        return required(key, Section::notBlank);
    }

    /** A text is not blank. */
    private static String notBlank(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("no text (expected some, actual none)");
        }
        return text.strip();
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean otherwise) {
        return value(key, otherwise, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither yes nor no (expected true or false, actual \"" + text + "\")");
        });
    }

    /** A whole number, both bounds included. */
    public long whole(String key, long otherwise, long least, long most) {
        return value(key, otherwise, text -> {
            try {
                long number = Long.parseLong(text.replace("_", ""));
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Refused below, like a number out of bounds.
            }
            throw new IllegalArgumentException("not a possible number (expected a whole one from " + least + " to " + most + ", actual \"" + text + "\")");
        });
    }

    /** A finite number, both bounds included; the default may be null. */
    public Double number(String key, Double otherwise, double least, double most) {
        return value(key, otherwise, text -> {
            try {
                double number = Double.parseDouble(text);
                if (number >= least && number <= most && Double.isFinite(number)) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Refused below, like a number out of bounds.
            }
            String bounds = least == -Double.MAX_VALUE && most == Double.MAX_VALUE ? "" : " from " + least + " to " + most;
            throw new IllegalArgumentException("not a possible number (expected one" + bounds + ", actual \"" + text + "\")");
        });
    }

    /** One of some constants, written in lower case with {@code -} or {@code _} between words. */
    public <E extends Enum<E>> E choice(String key, E otherwise, Class<E> choices) {
        return value(key, otherwise, text -> {
            List<String> words = new ArrayList<>();
            for (E choice : choices.getEnumConstants()) {
                String word = choice.name().toLowerCase(Locale.ROOT);
                if (word.equals(text.replace('-', '_'))) {
                    return choice;
                }
                words.add(word);
            }
            throw new IllegalArgumentException("unknown word (expected " + String.join(", ", words) + ", actual \"" + text + "\"" + suggestion(text, words) + ")");
        });
    }

    /** A list of values. */
    public <T> List<T> list(String key, List<T> otherwise, Function<String, T> reader) {
        Node.Field field = field(key);
        if (field == null) {
            return otherwise;
        }
        if (!(field.value() instanceof Node.Items items)) {
            mistakes.add(field.value().place(), name(key) + ": not a list (expected one such as [a, b, c])");
            return otherwise;
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            String name = name(key) + (items.nodes().size() > 1 ? "[" + (i + 1) + "]" : "");
            T value = read(key, name, items.nodes().get(i), null, reader);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** What a reader makes of the section behind a key; the default if there is none. An empty one is read. */
    public <T> T section(String key, T otherwise, Function<Section, T> reader) {
        Node.Field field = field(key);
        if (field == null) {
            return otherwise;
        }
        Section section = below(name(key), field.value());
        if (section == null) {
            mistakes.add(field.value().place(), name(key) + ": not a section (expected settings of its own, indented, actual " + kind(field.value()) + ")");
            return otherwise;
        }
        try {
            return section.make(reader);
        } catch (Mistakes.Refused e) {
            return otherwise;
        }
    }

    /** What a reader makes of each section of a list; none if there is no list. */
    public <T> List<T> sections(String key, Function<Section, T> reader) {
        return sections(key, null, reader);
    }

    /**
     * The same for a list in which text may stand for a section.
     *
     * @param text understands such text; null if only sections may stand there
     */
    public <T> List<T> sections(String key, Function<String, T> text, Function<Section, T> reader) {
        Node.Field field = field(key);
        if (field == null || field.value() instanceof Node.Scalar scalar && scalar.text() == null) {
            return List.of();
        }
        if (!(field.value() instanceof Node.Items items)) {
            mistakes.add(field.value().place(), name(key) + ": not a list (expected lines that begin with -, actual " + kind(field.value()) + ")");
            return List.of();
        }
        List<T> made = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            element(name(key) + "[" + (i + 1) + "]", items.nodes().get(i), text, reader, made);
        }
        return made;
    }

    private <T> void element(String name, Node item, Function<String, T> text, Function<Section, T> reader, List<T> made) {
        if (item instanceof Node.Scalar && text != null) {
            T value = read(null, name, item, null, text);
            if (value != null) {
                made.add(value);
            }
        } else if (item instanceof Node.Fields fields) {
            try {
                made.add(new Section(mistakes, name, fields).make(reader));
            } catch (Mistakes.Refused e) {
                // Noted; the other elements may have mistakes too.
            }
        } else {
            mistakes.add(item.place(), name + ": not a section (expected lines such as name: value, actual " + kind(item) + ")");
        }
    }

    /** Keys of the user's own choice with a value each, in the file's order; empty if there are none. */
    public Map<String, String> texts(String key) {
        return section(key, Map.of(), section -> {
            Map<String, String> texts = new LinkedHashMap<>();
            section.freeKeys().forEach(name -> texts.put(name, section.requiredText(name)));
            return texts;
        });
    }

    /** All keys that are there: they are the user's own choice, none is unknown. */
    public Set<String> freeKeys() {
        keysAreFree = true;
        return new LinkedHashSet<>(node.fields().keySet());
    }

    /** Notes that a value cannot be used, though it could be read. The message says what was expected. */
    public void refuse(String key, String why) {
        String name = key == null ? path : name(key);
        mistakes.add(place(key), name.isEmpty() ? why : name + ": " + why);
    }

    /** Notes what is wrong, and gives up what this section makes. */
    public RuntimeException refused(String key, String why) {
        refuse(key, why);
        return new Mistakes.Refused();
    }

    <T> T make(Function<Section, T> reader) {
        try {
            T made = reader.apply(this);
            unknownKeys();
            return made;
        } catch (InvalidSetting e) {
            unknownKeys();
            mistakes.add(place(has(e.key()) || e.other() == null ? e.key() : e.other()), name(e.key()) + ": " + e.getMessage());
            throw new Mistakes.Refused();
        } catch (IllegalArgumentException e) {
            // What is misspelt is missing: told is the cause, and not what follows from it.
            if (!unknownKeys()) {
                refuse(null, e.getMessage());
            }
            throw new Mistakes.Refused();
        }
    }

    /** Notes them; whether there are any. */
    private boolean unknownKeys() {
        boolean any = false;
        for (Map.Entry<String, Node.Field> entry : node.fields().entrySet()) {
            String key = entry.getKey();
            if (!known.contains(key) && !keysAreFree) {
                any = true;
                mistakes.add(entry.getValue().key(), name(key) + ": unknown setting (expected one of " + String.join(", ", known) + suggestion(key, known) + ")");
            }
        }
        return any;
    }

    private RuntimeException missing(String key) {
        List<String> unasked = node.fields().keySet().stream().filter(other -> !known.contains(other)).toList();
        String near = Spelling.nearest(key, unasked);
        return refused(near, near == null ? key + " is missing (expected a value)" : "unknown setting (did you mean " + key + "?)");
    }

    private static String suggestion(String word, Collection<String> words) {
        String near = Spelling.nearest(word, words);
        return near == null ? "" : "; did you mean " + near + "?";
    }

    private <T> T read(String key, String name, Node value, T otherwise, Function<String, T> reader) {
        if (!(value instanceof Node.Scalar scalar) || scalar.text() == null) {
            mistakes.add(value.place(), name + ": no value (expected one, actual " + kind(value) + ")");
            return otherwise;
        }
        try {
            return reader.apply(scalar.text());
        } catch (IllegalArgumentException e) {
            mistakes.add(value.place(), name + ": " + e.getMessage());
            return otherwise;
        }
    }

    private static String kind(Node node) {
        return node instanceof Node.Items ? "a list" : node instanceof Node.Fields ? "a section" : ((Node.Scalar) node).text() == null ? "nothing" : "a single value";
    }

    private Section below(String name, Node value) {
        if (value instanceof Node.Scalar scalar && scalar.text() == null) {
            return new Section(mistakes, name, new Node.Fields(value.place(), Map.of()));
        }
        return value instanceof Node.Fields fields ? new Section(mistakes, name, fields) : null;
    }

    private Node.Field field(String key) {
        known.add(key);
        mistakes.know(name(key).replaceAll("\\[\\d+]", "[]"));
        return node.fields().get(key);
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Place place(String key) {
        Node.Field field = key == null ? null : node.fields().get(key);
        return field == null ? node.place() : field.key();
    }
}
