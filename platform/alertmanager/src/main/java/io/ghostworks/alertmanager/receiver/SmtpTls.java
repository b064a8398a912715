package io.ghostworks.alertmanager.receiver;

import io.ghostworks.wire.client.TlsContexts;
import io.ghostworks.wire.client.TlsSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** TLS to a mail server as its {@code tls_config} says; STARTTLS asks it for layered sockets. */
final class SmtpTls extends SSLSocketFactory {
  private final Email config;
  private final TlsSockets sockets;

  /**
   * @throws IOException if a certificate or key cannot be read or is none
   */
  SmtpTls(Email config) throws IOException {
    this.config = config;
    this.sockets = new TlsSockets(TlsContexts.context(config.tls()), config.tls());
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return sockets.layer(socket, config.host(), config.port(), true);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw layersOnly();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw layersOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw layersOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    throw layersOnly();
  }

  private static IOException layersOnly() {
    return new IOException("only connections that are open are made secure");
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return ((SSLSocketFactory) getDefault()).getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return ((SSLSocketFactory) getDefault()).getSupportedCipherSuites();
  }
}
