package io.ghostworks.alertmanager;

import io.ghostworks.runtime.time.Clock;
import io.ghostworks.template.TemplateException;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/** Sends notifications as mail over SMTP. */
final class EmailSender implements Sender {

  private static final String UTF_8 = "UTF-8";

  private final AlertmanagerConfig.Email config;
  private final NotificationTemplates templates;
  private final Clock clock;

  EmailSender(AlertmanagerConfig.Email config, NotificationTemplates templates, Clock clock) {
    this.config = config;
    this.templates = templates;
    this.clock = clock;
  }

  @Override
  public Outcome send(Notification notification, Duration timeout) {
    Session session = Session.getInstance(properties(timeout));
    try {
      TemplateData data = templates.data(notification);
      InternetAddress from = from(data);
      InternetAddress[] to = InternetAddress.parse(templates.text(config.to(), data));
      MimeMessage message = message(session, notification, data, from);
      deliver(session, message, from, to);
      return new Outcome.Delivered();
    } catch (TemplateException | AddressException | UnsupportedEncodingException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()), false);
    } catch (AuthenticationFailedException e) {
      return new Outcome.Failed("authentication failed: " + e.getMessage(), true);
    } catch (MessagingException | IOException e) {
      return new Outcome.Failed(
          "%s (mail to %s:%d)".formatted(reason(e), config.host(), config.port()), true);
    }
  }

  private static String reason(Exception failure) {
    Throwable cause = failure.getCause();
    return failure.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
  }

  private InternetAddress from(TemplateData data) throws AddressException {
    InternetAddress[] all = InternetAddress.parse(templates.text(config.from(), data));
    if (all.length != 1) {
      throw new AddressException(
          "must be exactly one 'from' address (got: %d)".formatted(all.length));
    }
    return all[0];
  }

  private boolean implicitTls() {
    Boolean forced = config.implicitTls();
    return forced == null ? config.port() == 465 : forced;
  }

  private Properties properties(Duration timeout) {
    Properties properties = new Properties();
    String millis = Long.toString(Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis())));
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.localhost", config.hello());
    boolean startTls = config.requireTls() && !implicitTls();
    properties.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.put("mail.smtp.starttls.required", Boolean.toString(startTls));
    properties.put("mail.smtp.ssl.enable", Boolean.toString(implicitTls()));
    properties.put(
        "mail.smtp.ssl.checkserveridentity", Boolean.toString(!config.insecureSkipVerify()));
    if (config.insecureSkipVerify()) {
      properties.put("mail.smtp.ssl.trust", "*");
    }
    if (!config.authUsername().isEmpty()) {
      properties.put("mail.smtp.auth", "true");
      properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
      if (!config.authIdentity().isEmpty()) {
        properties.put("mail.smtp.sasl.authorizationid", config.authIdentity());
      }
    }
    return properties;
  }

  private void deliver(
      Session session, MimeMessage message, InternetAddress from, InternetAddress[] to)
      throws MessagingException, IOException {
    session.getProperties().put("mail.smtp.from", from.getAddress());
    try (Transport transport = session.getTransport("smtp")) {
      if (config.authUsername().isEmpty()) {
        transport.connect(config.host(), config.port(), null, null);
      } else {
        String password = SecretFile.read(config.authPassword(), config.authPasswordFile());
        transport.connect(config.host(), config.port(), config.authUsername(), password);
      }
      transport.sendMessage(message, to);
    }
  }

  private MimeMessage message(
      Session session, Notification notification, TemplateData data, InternetAddress from)
      throws MessagingException, UnsupportedEncodingException {
    Message message =
        new Message(session, config.headers().containsKey("Message-Id") ? "" : messageId(from));
    message.setSentDate(Date.from(Instant.ofEpochMilli(clock.epochMs())));
    for (Map.Entry<String, String> header : config.headers().entrySet()) {
      String value = templates.text(header.getValue(), data).replaceAll("[\\r\\n]+", " ");
      message.setHeader(header.getKey(), MimeUtility.encodeText(value, UTF_8, "Q"));
    }
    if (!config.threading().isEmpty()) {
      String root = threadRoot(notification.groupKey());
      message.setHeader("References", root);
      message.setHeader("In-Reply-To", root);
    }
    MimeMultipart parts = new MimeMultipart("alternative");
    if (!config.text().isEmpty()) {
      parts.addBodyPart(part(templates.text(config.text(), data), "plain"));
    }
    if (!config.html().isEmpty()) {
      parts.addBodyPart(part(templates.html(config.html(), data), "html"));
    }
    message.setContent(parts);
    message.saveChanges();
    return message;
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, UTF_8, subtype);
    part.setHeader("Content-Transfer-Encoding", "quoted-printable");
    return part;
  }

  private String messageId(InternetAddress from) {
    String address = from.getAddress();
    String host = address.substring(address.lastIndexOf('@') + 1);
    return "<%d.%s@%s>".formatted(clock.epochNanos(), UUID.randomUUID(), host);
  }

  /** A message id that no mail has: mail programs gather the mails that refer to it. */
  private String threadRoot(String groupKey) {
    String day =
        config.threading().equals("daily")
            ? Instant.ofEpochMilli(clock.epochMs()).atZone(ZoneOffset.UTC).toLocalDate().toString()
            : "";
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(groupKey.getBytes(StandardCharsets.UTF_8));
      return "<alert-%s-%s@alertmanager>"
          .formatted(HexFormat.of().formatHex(hash).substring(0, 16), day);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A message that keeps the id that it is given; "" where a header of its own has one. */
  private static final class Message extends MimeMessage {
    private final String id;

    Message(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      if (!id.isEmpty()) {
        setHeader("Message-ID", id);
      }
    }
  }
}
