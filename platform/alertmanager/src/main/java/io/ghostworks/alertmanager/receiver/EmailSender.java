package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.Exchange;
import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.alertmanager.notify.TemplateData;
import io.ghostworks.template.TemplateException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends notifications as mail over SMTP ({@code notify/email}). */
final class EmailSender implements Sender {
  private static final Logger log = LoggerFactory.getLogger(EmailSender.class);
  private static final int IMPLICIT_TLS_PORT = 465;

  private final Email config;
  private final SenderParts parts;
  private final EmailMessage messages;
  private final SmtpLogin login;

  EmailSender(Email config, SenderParts parts) {
    this.config = config;
    this.parts = parts;
    this.messages = new EmailMessage(config, parts.templates(), parts.clock());
    this.login = new SmtpLogin(config);
  }

  @Override
  public Outcome send(Notification notification, ReceiverData remembered, Duration timeout) {
    Session session;
    MimeMessage message;
    InternetAddress[] to;
    SmtpTls tls;
    try {
      tls = new SmtpTls(config);
      session = Session.getInstance(properties(timeout, tls));
      TemplateData data = parts.templates().data(notification);
      InternetAddress from = from(data);
      session.getProperties().put("mail.smtp.from", from.getAddress());
      to = InternetAddress.parse(parts.templates().text(config.to(), data));
      message = messages.of(session, notification, data, from);
    } catch (TemplateException | UnsupportedEncodingException | MessagingException e) {
      return failed(String.valueOf(e.getMessage()), false, List.of());
    } catch (IOException e) {
      return failed("parse TLS configuration: " + e.getMessage(), false, List.of());
    }
    return deliver(session, tls, message, to, remembered, millis(timeout));
  }

  private Outcome deliver(
      Session session,
      SmtpTls tls,
      MimeMessage message,
      InternetAddress[] to,
      ReceiverData remembered,
      int millis) {
    SMTPTransport transport =
        new SMTPTransport(session, new URLName("smtp", null, -1, null, null, null));
    try (Socket socket = connect(tls, millis)) {
      try {
        transport.connect(socket);
        login.logIn(transport, transport.isSSL() || implicitTls());
        transport.sendMessage(message, to);
        return new Outcome.Delivered(List.of(exchange(message, transport)), remembered);
      } finally {
        sayGoodBye(transport); // while the socket is open
      }
    } catch (MessagingException | IOException e) {
      return failed(reason(e), true, List.of(exchange(message, transport)));
    }
  }

  /**
   * What the server took before is delivered, and what it refused is refused, however this ends.
   */
  private void sayGoodBye(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      log.warn(
          "the server {}:{} took no good-bye: {}", config.host(), config.port(), e.getMessage());
    }
  }

  private Socket connect(SmtpTls tls, int millis) throws IOException {
    InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
    Socket socket = new Socket();
    try {
      if (address.isUnresolved()) {
        throw new IOException("lookup %s: no such host".formatted(config.host()));
      }
      socket.connect(address, millis);
      socket.setSoTimeout(millis);
      return implicitTls() ? tls.createSocket(socket, config.host(), config.port(), true) : socket;
    } catch (IOException e) {
      socket.close();
      throw new IOException("establish connection to server: " + e.getMessage(), e);
    }
  }

  private Exchange exchange(MimeMessage message, SMTPTransport transport) {
    String answer = transport.getLastServerResponse();
    return new Exchange(
        "SMTP %s:%d".formatted(config.host(), config.port()),
        text(message),
        Math.max(0, transport.getLastReturnCode()),
        answer == null ? "" : answer.strip());
  }

  private static String text(MimeMessage message) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      message.writeTo(out);
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException | MessagingException e) {
      return "the mail cannot be shown: " + e.getMessage();
    }
  }

  private static Outcome.Failed failed(String error, boolean retry, List<Exchange> exchanges) {
    return new Outcome.Failed(error, retry, FailureReason.OTHER, exchanges);
  }

  private String reason(Exception failure) {
    Throwable cause = failure.getCause();
    String message = String.valueOf(failure.getMessage());
    if (message.contains("STARTTLS is required")) {
      return "'require_tls' is true (default) but \"%s:%d\" does not advertise the STARTTLS extension"
          .formatted(config.host(), config.port());
    }
    String why = cause == null ? "" : String.valueOf(cause.getMessage()).strip();
    return message.contains(why) ? message.strip() : message.strip() + ": " + why;
  }

  private InternetAddress from(TemplateData data) throws AddressException {
    InternetAddress[] all = InternetAddress.parse(parts.templates().text(config.from(), data));
    if (all.length != 1) {
      throw new AddressException(
          "must be exactly one 'from' address (got: %d)".formatted(all.length));
    }
    return all[0];
  }

  private boolean implicitTls() {
    Boolean forced = config.implicitTls();
    return forced == null ? config.port() == IMPLICIT_TLS_PORT : forced;
  }

  private static int millis(Duration timeout) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
  }

  private Properties properties(Duration timeout, SmtpTls tls) {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", config.host());
    properties.put("mail.smtp.timeout", Integer.toString(millis(timeout)));
    properties.put("mail.smtp.localhost", config.hello());
    boolean startTls = config.requireTls() && !implicitTls();
    properties.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.put("mail.smtp.starttls.required", Boolean.toString(startTls));
    properties.put("mail.smtp.ssl.socketFactory", tls);
    properties.put("mail.smtp.ssl.checkserveridentity", "false"); // the factory's sockets do
    return properties;
  }
}
