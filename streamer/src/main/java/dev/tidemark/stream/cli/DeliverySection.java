package dev.tidemark.stream.cli;

import dev.tidemark.stream.alert.Severity;
import dev.tidemark.stream.alert.delivery.Channel;
import dev.tidemark.stream.alert.delivery.Delivery;
import dev.tidemark.stream.alert.delivery.Mail;
import dev.tidemark.stream.alert.delivery.Secret;
import dev.tidemark.stream.alert.delivery.Webhook;
import dev.tidemark.stream.config.InvalidSetting;
import dev.tidemark.stream.config.Section;
import dev.tidemark.stream.window.TimeSpan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An element of the section {@code deliver} of a configuration file: whom to tell about alerts. It names where secrets are; they are read when a run begins.
 *
 * @param secretFile     a file with the URL or the password; null if it is in a variable, or there is none
 * @param secretVariable an environment variable with it
 * @param mail           null for a webhook
 */
record DeliverySection(String name, Kind kind, Severity severity, int most, Duration timeout, Path secretFile, String secretVariable, MailTo mail) {

    enum Kind { WEBHOOK, SLACK, MAIL }

    /** How mail goes out. */
    record MailTo(String host, int port, Mail.Encryption encryption, String user, String from, List<String> to) {
    }

    static DeliverySection of(Section section) {
        String name = section.required("name", Delivery.Subscription::name);
        Kind kind = section.choice("kind", Kind.WEBHOOK, Kind.class);
        String secret = kind == Kind.MAIL ? "password" : "url";
        String file = section.text(secret + "-file", null);
        String variable = section.text(secret + "-env", null);
        MailTo mail = kind == Kind.MAIL ? mail(section) : null;
        boolean needed = mail == null || mail.user != null;
        InvalidSetting.require(needed == (file != null || variable != null), secret + "-file",
                needed ? "missing (expected " + secret + "-file or " + secret + "-env: where the " + secret + " is, which is a secret)"
                        : "a password without a user (expected both or none)");
        InvalidSetting.require(file == null || variable == null, secret + "-file", "set beside " + secret + "-env (expected one of them)");
        return new DeliverySection(name, kind, section.value("severity", Severity.MEDIUM, Severity::parse), (int) section.whole("most", 20, 1, 1_000),
                Duration.ofMillis(section.value("timeout", TimeSpan.parse("15s"), TimeSpan::parse).millis()), file == null ? null : Path.of(file), variable, mail);
    }

    private static MailTo mail(Section section) {
        Mail.Encryption encryption = section.choice("encryption", Mail.Encryption.STARTTLS, Mail.Encryption.class);
        List<String> to = section.list("to", List.of(), text -> text);
        InvalidSetting.require(!to.isEmpty(), "to", "nobody (expected mail addresses such as [operator@example.com])");
        return new MailTo(section.requiredText("host"), (int) section.whole("port", switch (encryption) {
            case STARTTLS -> 587;
            case TLS -> 465;
            case NONE -> 25;
        }, 1, 65_535), encryption, section.text("user", null), section.requiredText("from"), to);
    }

    /**
     * The channel, with its secret.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    Delivery.Subscription open(Map<String, String> environment) {
        try {
            Secret secret = secretFile != null ? Secret.ofFile(secretFile) : secretVariable != null ? Secret.ofVariable(secretVariable, environment) : null;
            Channel channel = kind == Kind.MAIL ? new Mail(new Mail.Server(mail.host, mail.port, mail.encryption, mail.user, secret), mail.from, mail.to, timeout)
                    : new Webhook(secret, kind == Kind.SLACK ? Webhook.Form.SLACK : Webhook.Form.JSON, timeout);
            return new Delivery.Subscription(name, severity, most, channel);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot deliver alerts to " + name + ": " + e.getMessage(), e);
        }
    }
}
