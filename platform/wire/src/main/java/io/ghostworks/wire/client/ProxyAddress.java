package io.ghostworks.wire.client;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One proxy.
 *
 * @param scheme {@code http}, {@code https}, {@code socks5} or {@code socks5h}
 * @param userInfo user and password with a colon between; "" for none
 * @param connectHeaders for the proxy where it is asked for a connection
 */
record ProxyAddress(
    String scheme,
    String host,
    int port,
    String userInfo,
    List<Map.Entry<String, String>> connectHeaders) {

  ProxyAddress {
    connectHeaders = List.copyOf(connectHeaders);
  }

  /**
   * The proxy of an address; one without a scheme speaks HTTP.
   *
   * @throws IOException if it is no address of a proxy
   */
  static ProxyAddress of(String address, List<Map.Entry<String, String>> connectHeaders)
      throws IOException {
    URI uri;
    try {
      uri = URI.create(address.contains("://") ? address : "http://" + address);
    } catch (IllegalArgumentException e) {
      throw new IOException("the proxy's address is no URL", e);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port =
        switch (scheme) {
          case "http" -> 80;
          case "https" -> 443;
          case "socks5", "socks5h" -> 1080;
          default -> throw new IOException("unsupported proxy scheme " + scheme);
        };
    if (uri.getHost() == null) {
      throw new IOException("the proxy's address names no host");
    }
    return new ProxyAddress(
        scheme,
        uri.getHost(),
        uri.getPort() < 0 ? port : uri.getPort(),
        uri.getUserInfo() == null ? "" : uri.getUserInfo(),
        connectHeaders);
  }

  boolean isSocks() {
    return scheme.startsWith("socks");
  }

  /** Whether TLS is spoken with the proxy itself. */
  boolean isSecure() {
    return scheme.equals("https");
  }

  /** The line with the credentials; "" for none. */
  String authorizationHeader() {
    if (userInfo.isEmpty()) {
      return "";
    }
    String pair = userInfo.contains(":") ? userInfo : userInfo + ":";
    return "Proxy-Authorization: Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
        + "\r\n";
  }

  /** Asks for a connection to a host (RFC 9110, section 9.3.6). */
  void tunnel(Socket socket, String target) throws IOException {
    StringBuilder head = new StringBuilder("CONNECT " + target + " HTTP/1.1\r\n");
    SocketExchanges.header(head, "Host", target);
    for (Map.Entry<String, String> header : connectHeaders) {
      SocketExchanges.header(head, header.getKey(), header.getValue());
    }
    head.append(authorizationHeader()).append("\r\n");
    socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    int status = new AnswerReader(socket.getInputStream()).readHead(); // reads no byte beyond it
    if (status != 200) {
      throw new IOException("the proxy answered %d to CONNECT".formatted(status));
    }
  }
}
