package io.ghostworks.server.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends one HTTP/1.1 request over a connection of its own, with exactly the headers and bytes that
 * are given, wrong ones too.
 */
public final class Client {

  private static final int TIMEOUT_MS = 20_000;
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)\\r");

  private final InetSocketAddress address;

  public Client(InetSocketAddress address) {
    this.address = address;
  }

  /** An answer; headers by lower-case name. */
  public record Reply(int status, Map<String, String> headers, byte[] body) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  public Reply get(String target, String... headers) {
    return send("GET", target, new byte[0], headers);
  }

  public Reply post(String target, String contentType, byte[] body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = contentType;
    return send("POST", target, body, all);
  }

  /**
   * @param headers names and values in turn; a {@code Host} replaces the address
   */
  public Reply send(String method, String target, byte[] body, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    boolean host = false;
    for (int i = 0; i < headers.length; i += 2) {
      host |= headers[i].equalsIgnoreCase("host");
      head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    if (!host) {
      head.append("Host: localhost:").append(address.getPort()).append("\r\n");
    }
    if (body.length > 0 || !method.equals("GET")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return parse(exchange(request.toByteArray(), false, method.equals("HEAD")));
  }

  /**
   * What comes back for some bytes until the other side closes; "" if it closes without an answer.
   *
   * @param end whether to say that nothing follows
   */
  public byte[] raw(byte[] request, boolean end) {
    return exchange(request, end, false);
  }

  private byte[] exchange(byte[] request, boolean end, boolean headOnly) {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(TIMEOUT_MS);
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(request);
        if (end) {
          socket.shutdownOutput();
        }
      } catch (IOException e) {
        // It may refuse before it has read all, and what it answered is still there to read.
      }
      read(socket.getInputStream(), received, headOnly);
      return received.toByteArray();
    } catch (IOException e) {
      throw new AssertionError("no exchange with " + address, e);
    }
  }

  private static void read(InputStream in, ByteArrayOutputStream received, boolean headOnly) {
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        received.write(buffer, 0, n);
        if (isWhole(received.toByteArray(), headOnly)) {
          return; // The other side may let the connection linger.
        }
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError(
          "the connection stayed open after: " + received.toString(StandardCharsets.UTF_8), e);
    } catch (IOException e) {
      // A reset after the answer ends it as a close does.
    }
  }

  private static boolean isWhole(byte[] bytes, boolean headOnly) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (!text.startsWith("HTTP/") || end < 0) {
      return false;
    }
    Matcher length = LENGTH.matcher(text.substring(0, end + 2));
    return headOnly
        || (length.find()
            ? bytes.length >= end + 4 + Integer.parseInt(length.group(1))
            : text.startsWith("HTTP/1.1 204"));
  }

  /** The first answer among received bytes. */
  public static Reply parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new AssertionError("no answer, but: '" + text + "'");
    }
    String[] lines = text.substring(0, end).split("\r\n", -1);
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.merge(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip(),
          (a, b) -> a + ", " + b);
    }
    byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      body = unchunked(body);
    }
    return new Reply(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, body);
  }

  private static byte[] unchunked(byte[] body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int at = 0;
    while (true) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line).strip(), 16);
      if (size == 0) {
        return whole.toByteArray();
      }
      whole.write(body, line + 2, size);
      at = line + 2 + size + 2;
    }
  }
}
