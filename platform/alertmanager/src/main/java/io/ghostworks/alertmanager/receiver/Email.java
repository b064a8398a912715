package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.wire.client.ClientSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Mail.
 *
 * @param authPassword for PLAIN and LOGIN
 * @param authSecret for CRAM-MD5
 * @param headers templates by canonical name
 * @param threading {@code none} or {@code daily}, or "" where mails are not threaded
 * @param implicitTls null where port 465 decides
 */
record Email(
    boolean sendResolved,
    String to,
    String from,
    String hello,
    String host,
    int port,
    String authUsername,
    CredentialSource authPassword,
    CredentialSource authSecret,
    String authIdentity,
    Map<String, String> headers,
    String html,
    String text,
    boolean requireTls,
    @Nullable Boolean implicitTls,
    ClientSettings.Tls tls,
    String threading)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("email_configs", EmailReader::read);

  Email {
    headers = Map.copyOf(headers);
  }

  @Override
  public String kind() {
    return "email";
  }

  @Override
  public String target() {
    return to;
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new EmailSender(this, parts);
  }
}
