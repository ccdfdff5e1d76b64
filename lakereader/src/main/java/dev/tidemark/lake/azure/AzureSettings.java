package dev.tidemark.lake.azure;

import dev.tidemark.lake.azure.AzureAccess.Way;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a user has set about storage accounts, in a settings file and in the environment. The file is named by {@code TIDEMARK_AZURE_SETTINGS}, else it is
 * {@code azure.properties} in the user's folder for settings of Tidemark, if that is there. Immutable; a secret is read when it is asked for.
 */
final class AzureSettings {

    /** Names the settings file. */
    static final String FILE = "TIDEMARK_AZURE_SETTINGS";

    private static final Pattern KEY = Pattern.compile("account\\.([a-z0-9]{3,24}|\\*)\\.([a-z-]+)|cache\\.(folder|size)");
    private static final Set<String> NAMES = Set.of("sign-in", "key", "key-env", "key-file", "sas", "sas-env", "sas-file", "tenant", "client", "authority", "endpoint");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(|[KMGT]B?)", Pattern.CASE_INSENSITIVE);
    private static final long CACHE_SIZE = 2L << 30;

    private final Map<String, String> environment;
    private final Path file;
    private final Map<String, String> settings;

    private AzureSettings(Map<String, String> environment, Path file, Map<String, String> settings) {
        this.environment = environment;
        this.file = file;
        this.settings = settings;
    }

    /**
     * Reads the settings file, if there is one.
     *
     * @throws AzureException MISUSED if it is named and not there, cannot be read, or holds a setting that is none
     */
    static AzureSettings read(Map<String, String> environment) throws AzureException {
        boolean named = environment.containsKey(FILE);
        Path file = named ? Path.of(environment.get(FILE)) : UserFolders.settings(environment).resolve("azure.properties");
        Properties read = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            read.load(in);
        } catch (NoSuchFileException e) {
            if (named) {
                throw misused(file, "it is not there. Correct " + FILE, e);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw misused(file, "it cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
        for (String key : read.stringPropertyNames()) {
            Matcher parts = KEY.matcher(key);
            if (!parts.matches() || parts.group(2) != null && !NAMES.contains(parts.group(2))) {
                throw misused(file, "it sets " + key + ", which is no setting (expected account.NAME.X with X one of " + NAMES.stream().sorted().toList()
                        + ", cache.folder or cache.size)", null);
            }
        }
        return new AzureSettings(environment, file, read.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, key -> read.getProperty(key).strip())));
    }

    private static AzureException misused(Path file, String why, Exception cause) {
        return new AzureException(AzureException.Kind.MISUSED, "the settings file " + file + " cannot be used: " + why, cause);
    }

    /** Where to keep what was read from stores; empty to keep nothing. */
    Optional<Path> cacheFolder() {
        String folder = settings.get("cache.folder");
        return cacheSize0() == 0 ? Optional.empty() : Optional.of(folder != null ? Path.of(folder) : UserFolders.cache(environment).resolve("lake"));
    }

    /** Bytes that may be kept. */
    long cacheSize() throws AzureException {
        long size = cacheSize0();
        if (size < 0) {
            throw misused(file, "cache.size is no size (expected a number and KB, MB, GB or TB; 0 to keep nothing; actual " + settings.get("cache.size") + ")", null);
        }
        return size;
    }

    private long cacheSize0() {
        Matcher parts = SIZE.matcher(settings.getOrDefault("cache.size", ""));
        if (!settings.containsKey("cache.size")) {
            return CACHE_SIZE;
        }
        return parts.matches() ? Long.parseLong(parts.group(1)) << 10 * " KMGT".indexOf((parts.group(2) + " ").toUpperCase(Locale.ROOT).charAt(0)) : -1;
    }

    /**
     * How to enter an account: by the settings file, else by the variables of Azure's own command line, else by whatever identity is found.
     *
     * @throws AzureException MISUSED if what is set makes no sense
     */
    AzureAccess access(String account) throws AzureException {
        try {
            AzureAccess access = byFile(account);
            access = access == null ? byEnvironment(account) : access;
            access = access == null ? AzureAccess.identity(Way.DEFAULT) : access;
            access = with(access, account, "tenant").map(access::tenant).orElse(access);
            access = with(access, account, "client").map(access::client).orElse(access);
            access = with(access, account, "authority").map(access::authority).orElse(access);
            return with(access, account, "endpoint").map(access::endpoint).orElse(access);
        } catch (IllegalArgumentException e) {
            throw new AzureException(AzureException.Kind.MISUSED, "no sign-in to storage account " + account + ": " + e.getMessage(), e);
        }
    }

    private Optional<String> with(AzureAccess access, String account, String name) {
        return Optional.ofNullable(setting(account, name));
    }

    private AzureAccess byFile(String account) {
        String key = secret(account, "key");
        if (key != null) {
            return AzureAccess.key(key);
        }
        String sas = secret(account, "sas");
        if (sas != null) {
            return AzureAccess.sas(sas);
        }
        String way = setting(account, "sign-in");
        return way == null ? null : AzureAccess.identity(way(way));
    }

    private Way way(String name) {
        for (Way way : Way.values()) {
            if (way.ordinal() > Way.SAS.ordinal() && way.name().replace('_', '-').equalsIgnoreCase(name)) {
                return way;
            }
        }
        throw new IllegalArgumentException("sign-in in " + file + " is none (expected default, environment, workload-identity, managed-identity, azure-cli, browser or "
                + "device-code, or key or sas set instead; actual " + name + ")");
    }

    private AzureAccess byEnvironment(String account) {
        if (!account.equals(environment.get("AZURE_STORAGE_ACCOUNT"))) {
            return null;
        }
        String key = environment.get("AZURE_STORAGE_KEY");
        String sas = environment.get("AZURE_STORAGE_SAS_TOKEN");
        return key != null && !key.isBlank() ? AzureAccess.key(key) : sas != null && !sas.isBlank() ? AzureAccess.sas(sas) : null;
    }

    /** A setting of the account, else that of all accounts. */
    private String setting(String account, String name) {
        String own = settings.get("account." + account + "." + name);
        return own != null ? own : settings.get("account.*." + name);
    }

    private String secret(String account, String name) {
        String plain = setting(account, name);
        String variable = setting(account, name + "-env");
        String path = setting(account, name + "-file");
        if (plain != null) {
            return plain;
        }
        if (variable != null) {
            String value = environment.get(variable);
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("the variable " + variable + ", named by " + file + ", is not set");
            }
            return value;
        }
        try {
            return path == null ? null : Files.readString(Path.of(path)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + path + ", named by " + file + ", cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** Where a secret can be put, for a message. */
    static String choices(String account) {
        return "Sign in with 'az login', or set AZURE_STORAGE_ACCOUNT=" + account + " and AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN, or AZURE_CLIENT_ID, "
                + "AZURE_TENANT_ID and AZURE_CLIENT_SECRET, or choose browser, device-code or another sign-in in a settings file named by " + FILE;
    }
}
