package io.ghostworks.wire.client;

import java.io.IOException;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Lays TLS over sockets as settings say, for the name that they give. */
public final class TlsSockets {
  private final SSLContext context;
  private final ClientSettings.Tls settings;

  /**
   * @param context as {@link TlsContexts} makes it of the settings; null for the platform's
   */
  public TlsSockets(@Nullable SSLContext context, ClientSettings.Tls settings) {
    try {
      this.context = context == null ? SSLContext.getDefault() : context;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has a default TLS context", e);
    }
    this.settings = settings;
  }

  /**
   * A secure socket over another, which is closed with it; the handshake is done.
   *
   * @param asTarget whether the settings' name counts, or that of the host
   */
  public SSLSocket layer(Socket socket, String host, int port, boolean asTarget)
      throws IOException {
    String name = asTarget && !settings.serverName().isEmpty() ? settings.serverName() : host;
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(socket, name, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setProtocols(TlsContexts.protocols(settings));
    if (!settings.insecureSkipVerify()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (!isAddress(name)) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private static boolean isAddress(String name) {
    return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
