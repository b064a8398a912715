package io.ghostworks.alertmanager.receiver;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Logs in to a mail server by the first of its mechanisms for which there is a secret: CRAM-MD5
 * (RFC 2195), PLAIN (RFC 4616; only over TLS or on this machine) or LOGIN.
 */
record SmtpLogin(Email config) {
  private static final int CHALLENGE = 334;
  private static final int WELCOME = 235;

  /** Does nothing where no user is configured, or the server has no login. */
  void logIn(SMTPTransport transport, boolean secure) throws MessagingException, IOException {
    if (config.authUsername().isEmpty() || !transport.supportsExtension("AUTH")) {
      return;
    }
    String mechanisms = transport.getExtensionParameter("AUTH");
    List<String> problems = new ArrayList<>();
    for (String mechanism : mechanisms == null ? new String[0] : mechanisms.split(" ", -1)) {
      String secret =
          switch (mechanism.toUpperCase(Locale.ROOT)) {
            case "CRAM-MD5" -> config.authSecret().read().reveal();
            case "PLAIN", "LOGIN" -> config.authPassword().read().reveal();
            default -> "";
          };
      if (!secret.isEmpty()) {
        logIn(transport, mechanism, secret, secure);
        return;
      }
      problems.add(
          switch (mechanism.toUpperCase(Locale.ROOT)) {
            case "CRAM-MD5" -> "missing secret for CRAM-MD5 auth mechanism";
            case "PLAIN", "LOGIN" -> "missing password for " + mechanism + " auth mechanism";
            default -> "unknown auth mechanism: " + mechanism;
          });
    }
    throw new MessagingException("find auth mechanism: " + String.join("\n", problems));
  }

  private void logIn(SMTPTransport transport, String mechanism, String secret, boolean secure)
      throws MessagingException {
    try {
      switch (mechanism.toUpperCase(Locale.ROOT)) {
        case "CRAM-MD5" -> {
          transport.issueCommand("AUTH CRAM-MD5", CHALLENGE);
          answer(transport, config.authUsername() + " " + hmac(secret, challenge(transport)));
        }
        case "PLAIN" -> {
          if (!secure && !isLocal()) {
            throw new MessagingException("unencrypted connection");
          }
          String login = config.authIdentity() + "\0" + config.authUsername() + "\0" + secret;
          transport.issueCommand("AUTH PLAIN " + base64(login), WELCOME);
        }
        default -> {
          transport.issueCommand("AUTH LOGIN", CHALLENGE);
          while (transport.getLastReturnCode() == CHALLENGE) {
            String asked = new String(challenge(transport), StandardCharsets.UTF_8);
            transport.simpleCommand(base64(reply(asked, secret)));
          }
          if (transport.getLastReturnCode() != WELCOME) {
            throw new MessagingException(transport.getLastServerResponse().strip());
          }
        }
      }
    } catch (MessagingException e) {
      throw new MessagingException(
          "%s auth: %s".formatted(mechanism, String.valueOf(e.getMessage()).strip()), e);
    }
  }

  private String reply(String asked, String password) throws MessagingException {
    return switch (asked.toLowerCase(Locale.ROOT)) {
      case "username:" -> config.authUsername();
      case "password:" -> password;
      default -> throw new MessagingException("unexpected server challenge");
    };
  }

  private static void answer(SMTPTransport transport, String text) throws MessagingException {
    transport.issueCommand(base64(text), WELCOME);
  }

  private boolean isLocal() {
    return config.host().equals("localhost")
        || config.host().equals("::1")
        || config.host().equals(InetAddress.getLoopbackAddress().getHostAddress());
  }

  private static byte[] challenge(SMTPTransport transport) throws MessagingException {
    String line = transport.getLastServerResponse().strip();
    try {
      return Base64.getDecoder().decode(line.length() > 4 ? line.substring(4).strip() : "");
    } catch (IllegalArgumentException e) {
      throw new MessagingException("the server's challenge is no base64", e);
    }
  }

  private static String hmac(String secret, byte[] challenge) {
    try {
      Mac mac = Mac.getInstance("HmacMD5"); // the mechanism's own
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
      return HexFormat.of().formatHex(mac.doFinal(challenge));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has HmacMD5", e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
