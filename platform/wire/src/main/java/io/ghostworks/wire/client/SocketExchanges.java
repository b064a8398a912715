package io.ghostworks.wire.client;

import io.ghostworks.wire.http.HttpAnswer;
import io.ghostworks.wire.http.HttpExchanges;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges over sockets of its own, one connection for each, by HTTP/1.1 (RFC 9112): for what the
 * JDK's client cannot do, which is proxies with headers of their own, SOCKS, and TLS for another
 * name than the host's.
 */
final class SocketExchanges implements HttpExchanges {
  private static final int CONNECT_MILLIS_MAX = 30_000;

  private final ProxyChoice proxies;
  private final TlsSockets tls;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  SocketExchanges(ProxyChoice proxies, TlsSockets tls) {
    this.proxies = proxies;
    this.tls = tls;
  }

  /** A connection that another thread may break. */
  private static final class Connection {
    private @Nullable Socket socket;
    private boolean broken;

    synchronized Socket hold(Socket opened) throws IOException {
      if (broken) {
        opened.close();
        throw new IOException("the connection was given up");
      }
      socket = opened;
      return opened;
    }

    synchronized void breakOff() {
      broken = true;
      if (socket != null) {
        try {
          socket.close();
        } catch (IOException e) {
          // It is given up in any case.
        }
      }
    }
  }

  @Override
  public HttpAnswer exchange(Request request, Duration timeout)
      throws IOException, InterruptedException {
    Connection connection = new Connection();
    Future<HttpAnswer> answer = executor.submit(() -> talk(request, connection));
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no answer within %s ms".formatted(timeout.toMillis()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e.getCause() instanceof IOException io
          ? io
          : new IOException(String.valueOf(e.getCause()), e);
    } finally {
      connection.breakOff();
    }
  }

  private HttpAnswer talk(Request request, Connection connection) throws IOException {
    URI uri = request.uri();
    boolean secure = "https".equals(uri.getScheme());
    Optional<ProxyAddress> proxy = proxies.of(uri);
    String host = uri.getHost();
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    Socket socket = connection.hold(new Socket());
    String line = target(uri);
    String proxyHeader = "";
    if (proxy.isEmpty()) {
      connect(socket, host, port);
    } else {
      ProxyAddress through = proxy.get();
      connect(socket, through.host(), through.port());
      if (through.isSecure()) {
        socket = connection.hold(tls.layer(socket, through.host(), through.port(), false));
      }
      if (through.isSocks()) {
        Socks5.connect(socket, through, unbracketed(host), port);
      } else if (secure) {
        through.tunnel(socket, host + ":" + port);
      } else {
        line = "http://" + uri.getRawAuthority() + line;
        proxyHeader = through.authorizationHeader();
      }
    }
    if (secure) {
      socket = connection.hold(tls.layer(socket, unbracketed(host), port, true));
    }
    write(socket, request, line, proxyHeader);
    BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
    return new AnswerReader(in).read(request.method(), request.responseBytesMax());
  }

  private static void connect(Socket socket, String host, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(unbracketed(host), port);
    if (address.isUnresolved()) {
      throw new IOException("lookup %s: no such host".formatted(host));
    }
    socket.connect(address, CONNECT_MILLIS_MAX);
    socket.setTcpNoDelay(true);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String target(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static void write(Socket socket, Request request, String target, String proxyHeader)
      throws IOException {
    StringBuilder head = new StringBuilder(request.method()).append(' ').append(target);
    head.append(" HTTP/1.1\r\n");
    String authority = request.uri().getRawAuthority();
    header(head, "Host", authority.substring(authority.lastIndexOf('@') + 1));
    for (Map.Entry<String, String> header : request.headers()) {
      header(head, header.getKey(), header.getValue());
    }
    if (request.body().length > 0 || !request.method().toUpperCase(Locale.ROOT).equals("GET")) {
      header(head, "Content-Length", Integer.toString(request.body().length));
    }
    head.append(proxyHeader).append("Connection: close\r\n\r\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(request.body());
    out.writeTo(socket.getOutputStream());
    socket.getOutputStream().flush();
  }

  /**
   * Adds a header.
   *
   * @throws IllegalArgumentException if a line could begin inside of it
   */
  static void header(StringBuilder head, String name, String value) {
    String line = name + ": " + value;
    if (line.chars().anyMatch(c -> c < ' ' && c != '\t') || name.isEmpty()) {
      throw new IllegalArgumentException("the header %s has a control character".formatted(name));
    }
    head.append(line).append("\r\n");
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
