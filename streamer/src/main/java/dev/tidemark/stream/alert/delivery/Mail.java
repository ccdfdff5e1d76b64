package dev.tidemark.stream.alert.delivery;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** Sends mail by SMTP, each notice in a connection of its own. */
public final class Mail implements Channel {

    /** How a connection is encrypted. */
    public enum Encryption { STARTTLS, TLS, NONE }

    /**
     * Where mail goes.
     *
     * @param user     null to send without signing in
     * @param password null without a user
     */
    public record Server(String host, int port, Encryption encryption, String user, Secret password) {
    }

    private final Server server;
    private final InternetAddress from;
    private final InternetAddress[] to;
    private final Session session;

    /** @throws IllegalArgumentException with a message for the user if an address is none */
    public Mail(Server server, String from, List<String> to, Duration timeout) {
        this.server = server;
        this.from = address(from);
        this.to = to.stream().map(Mail::address).toArray(InternetAddress[]::new);
        String millis = Long.toString(timeout.toMillis());
        String protocol = server.encryption == Encryption.TLS ? "smtps" : "smtp";
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", protocol);
        properties.put("mail." + protocol + ".auth", Boolean.toString(server.user != null));
        properties.put("mail." + protocol + ".connectiontimeout", millis);
        properties.put("mail." + protocol + ".timeout", millis);
        properties.put("mail." + protocol + ".writetimeout", millis);
        properties.put("mail." + protocol + ".ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", Boolean.toString(server.encryption == Encryption.STARTTLS));
        properties.put("mail.smtp.starttls.required", Boolean.toString(server.encryption == Encryption.STARTTLS));
        this.session = Session.getInstance(properties);
    }

    private static InternetAddress address(String text) {
        try {
            return new InternetAddress(text, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("no mail address (expected such as operator@example.com, actual \"" + text + "\")", e);
        }
    }

    @Override
    public void send(Notice notice) throws DeliveryFailure {
        try {
            MimeMessage message = new Keyed(session, notice.key());
            message.setFrom(from);
            message.setRecipients(Message.RecipientType.TO, to);
            message.setSubject(notice.subject(), StandardCharsets.UTF_8.name());
            message.setText(notice.text(), StandardCharsets.UTF_8.name());
            message.setHeader("Idempotency-Key", notice.key());
            message.setHeader("Auto-Submitted", "auto-generated");
            message.saveChanges();
            try (Transport transport = session.getTransport()) {
                transport.connect(server.host, server.port, server.user, server.password == null ? null : server.password.text());
                transport.sendMessage(message, to);
            }
        } catch (AuthenticationFailedException e) {
            throw DeliveryFailure.passing("the mail server does not accept user and password");
        } catch (SendFailedException e) {
            throw DeliveryFailure.passing("the mail server does not take mail for these addresses");
        } catch (MessagingException e) {
            throw DeliveryFailure.passing("the mail server " + server.host + ":" + server.port + " cannot be reached or does not answer (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** A message that has the same id whenever it is sent. */
    private static final class Keyed extends MimeMessage {

        private final String key;

        Keyed(Session session, String key) {
            super(session);
            this.key = key;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + key + "@tidemark>");
        }
    }
}
