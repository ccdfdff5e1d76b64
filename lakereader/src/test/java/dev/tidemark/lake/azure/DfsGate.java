package dev.tidemark.lake.azure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Decides who may ask a {@link DfsServer}. */
public interface DfsGate {

    /** Throws a {@link DfsError} if not. */
    void check(DfsRequest request);

    /** Who signs with the account's key ("Authorize with Shared Key" of Azure's documentation). */
    static DfsGate key(String account, String key) {
        return request -> {
            String said = String.valueOf(request.header("Authorization"));
            if (!said.equals("SharedKey " + account + ":" + signature(request, account, key))) {
                throw new DfsError(403, "AuthenticationFailed", "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly.");
            }
        };
    }

    private static String signature(DfsRequest request, String account, String key) {
        StringBuilder text = new StringBuilder(request.verb()).append('\n');
        for (String name : List.of("Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date", "If-Modified-Since", "If-Match",
                "If-None-Match", "If-Unmodified-Since", "Range")) {
            String value = request.header(name);
            text.append(value == null || name.equals("Content-Length") && value.equals("0") ? "" : value).append('\n');
        }
        TreeMap<String, String> own = new TreeMap<>();
        request.headers().forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).startsWith("x-ms-")) {
                own.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
            }
        });
        own.forEach((name, value) -> text.append(name).append(':').append(value.strip()).append('\n'));
        text.append('/').append(account).append(request.rawPath());
        request.query().forEach((name, value) -> text.append('\n').append(name).append(':').append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Who brings this SAS token. */
    static DfsGate sas(String token) {
        return request -> DfsServer.query(token).forEach((name, value) -> {
            if (!value.equals(request.query().get(name))) {
                throw new DfsError(403, "AuthenticationFailed", "Signature did not match.");
            }
        });
    }

    /** Who bears a token that is good now. */
    static DfsGate bearer(Predicate<String> good) {
        return request -> {
            String said = String.valueOf(request.header("Authorization"));
            if (!said.startsWith("Bearer ") || !good.test(said.substring(7))) {
                throw new DfsError(401, "InvalidAuthenticationInfo", "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.");
            }
        };
    }

    /** Everybody. */
    static DfsGate open() {
        return request -> { };
    }
}
