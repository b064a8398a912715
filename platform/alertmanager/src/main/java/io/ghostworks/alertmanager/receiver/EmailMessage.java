package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.alertmanager.notify.NotificationTemplates;
import io.ghostworks.alertmanager.notify.TemplateData;
import io.ghostworks.runtime.time.Clock;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** Writes notifications as mails: headers, threading, and the page with its text beside it. */
record EmailMessage(Email config, NotificationTemplates templates, Clock clock) {
  private static final String UTF_8 = "UTF-8";

  /**
   * @throws io.ghostworks.template.TemplateException if a template fails
   */
  MimeMessage of(
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
