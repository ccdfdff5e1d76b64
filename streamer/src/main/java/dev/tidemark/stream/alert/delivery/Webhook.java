package dev.tidemark.stream.alert.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Posts JSON to a URL, which is a secret: whoever knows it can post. Redirections are not followed. */
public final class Webhook implements Channel {

    /** What the other side understands. */
    public enum Form {
        /** All of the alert; what Logic Apps and programs want. */
        JSON,
        /** Text, as Slack's incoming webhooks want it. */
        SLACK
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI url;
    private final Form form;
    private final Duration timeout;
    private final HttpClient client;

    /** @throws IllegalArgumentException with a message for the user if it is no URL */
    public Webhook(Secret url, Form form, Duration timeout) {
        this.url = uri(url);
        this.form = form;
        this.timeout = timeout;
        this.client = HttpClient.newBuilder().connectTimeout(timeout).followRedirects(HttpClient.Redirect.NEVER).build();
    }

    private static URI uri(Secret secret) {
        try {
            URI uri = URI.create(secret.text());
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below, without the text: it is a secret.
        }
        throw new IllegalArgumentException("no URL (expected one that begins with https://, actual a secret that does not)");
    }

    @Override
    public void send(Notice notice) throws DeliveryFailure, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(timeout).header("Content-Type", "application/json; charset=utf-8")
                .header("Idempotency-Key", notice.key()).POST(HttpRequest.BodyPublishers.ofString(body(notice))).build();
        int status;
        try {
            status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (HttpTimeoutException e) {
            throw DeliveryFailure.passing("no answer within " + timeout.toSeconds() + " s");
        } catch (IOException e) {
            throw DeliveryFailure.passing("the address cannot be reached (" + e.getClass().getSimpleName() + ")");
        }
        if (status / 100 == 2) {
            return;
        }
        String answer = "the other side answered " + status;
        if (status == 400 || status == 413 || status == 422) {
            throw DeliveryFailure.refused(answer);
        }
        throw DeliveryFailure.passing(answer + (status / 100 == 3 ? ", which leads elsewhere: set the address that it leads to" : ""));
    }

    private String body(Notice notice) {
        if (form == Form.JSON) {
            return notice.json();
        }
        String text = notice.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        ObjectNode slack = MAPPER.createObjectNode().put("text", notice.subject());
        slack.putArray("blocks").addObject().put("type", "section").putObject("text").put("type", "mrkdwn").put("text", text);
        slack.putObject("metadata").put("event_type", "tidemark_alert").putObject("event_payload").put("idempotency_key", notice.key());
        return slack.toString();
    }
}
