package dev.tidemark.stream.config;

/** A value that cannot be used. The message does not name the key: whoever tells the user knows where it stands. */
public final class InvalidSetting extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final String other;

    /**
     * @param key     which setting, by its name in the configuration file
     * @param message why, what was expected and what was there
     */
    public InvalidSetting(String key, String message) {
        this(key, null, message);
    }

    /** @param other another setting that it does not agree with; null if it is impossible on its own */
    public InvalidSetting(String key, String other, String message) {
        super(message);
        this.key = key;
        this.other = other;
    }

    /** Throws this for a value that is impossible. */
    public static void require(boolean possible, String key, String message) {
        if (!possible) {
            throw new InvalidSetting(key, message);
        }
    }

    /** Which setting, by its name in the configuration file. */
    public String key() {
        return key;
    }

    /** The setting that it does not agree with; null if it is impossible on its own. */
    public String other() {
        return other;
    }
}
