package dev.tidemark.stream.hub;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The key that clients must know. They do not send it, but tokens signed with it: shared access signatures of the form
 * {@code SharedAccessSignature sr=<audience>&sig=<signature>&se=<expiry>&skn=<name>}, where the signature is the Base64 of the HMAC-SHA-256 of the encoded audience,
 * a line feed and the expiry (Azure Event Hubs, "Authorizing access with shared access signatures").
 */
final class AccessKey {

    /** The name that connection strings give with the key. */
    static final String NAME = "RootManageSharedAccessKey";

    private static final String PREFIX = "SharedAccessSignature ";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    AccessKey(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * What a token allows.
     *
     * @param path    of the entity, such as {@code telemetry}, in lower case: it and all below
     * @param expires seconds since 1970
     */
    record Grant(String path, long expires) {

        boolean covers(String wanted, long nowSeconds) {
            return expires > nowSeconds && (path.isEmpty() || wanted.equals(path) || wanted.startsWith(path + "/"));
        }
    }

    /**
     * Checks a token.
     *
     * @throws AmqpError saying what is wrong with it, without any of it
     */
    Grant check(String token, long nowSeconds) throws AmqpError {
        if (!token.startsWith(PREFIX)) {
            throw refused("it is no shared access signature");
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : token.substring(PREFIX.length()).split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        String audience = fields.getOrDefault("sr", "");
        String expiry = fields.getOrDefault("se", "");
        long expires;
        byte[] signature;
        try {
            expires = Long.parseLong(expiry);
            signature = Base64.getDecoder().decode(decode(fields.getOrDefault("sig", "")));
        } catch (IllegalArgumentException e) {
            throw refused("it has no readable signature and expiry");
        }
        if (!NAME.equals(decode(fields.getOrDefault("skn", ""))) || !MessageDigest.isEqual(sign(audience + "\n" + expiry), signature)) {
            throw refused("it is not signed with the key of this hub");
        }
        if (expires <= nowSeconds) {
            throw refused("it has expired");
        }
        return new Grant(Address.path(decode(audience)).toLowerCase(Locale.ROOT), expires);
    }

    private static AmqpError refused(String why) {
        return new AmqpError(AmqpError.UNAUTHORIZED, "Cannot accept the token: " + why);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private byte[] sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}
