package io.ghostworks.wire.client;

import io.ghostworks.wire.compress.BodyTooLargeException;
import io.ghostworks.wire.http.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads one answer of HTTP/1.1 (RFC 9112, sections 4 to 7): its head bounded, its body by length,
 * by chunks, or up to the connection's end.
 */
final class AnswerReader {
  private static final int HEAD_BYTES_MAX = 64 << 10;
  private static final int INTERIM_MAX = 5;

  private final InputStream in;
  private int headBytes;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /** The answer to a request. */
  HttpAnswer read(String method, int bodyBytesMax) throws IOException {
    for (int interim = 0; interim <= INTERIM_MAX; interim++) {
      int status = status();
      HttpHeaders headers = headers();
      if (status >= 200) {
        boolean empty = method.equals("HEAD") || status == 204 || status == 304;
        return new HttpAnswer(status, headers, empty ? new byte[0] : body(headers, bodyBytesMax));
      }
    }
    throw new IOException("too many interim answers");
  }

  /** The status of an answer that has no body, such as a proxy's to CONNECT. */
  int readHead() throws IOException {
    int status = status();
    headers();
    return status;
  }

  private int status() throws IOException {
    String line = line();
    String[] parts = line.split(" ", 3);
    if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !isDigits(parts[1], 3)) {
      throw new IOException("malformed HTTP response");
    }
    return Integer.parseInt(parts[1]);
  }

  private static boolean isDigits(String text, int length) {
    return text.length() == length && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private HttpHeaders headers() throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("malformed HTTP header");
      }
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return HttpHeaders.of(headers, (name, value) -> true);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("unexpected EOF");
      }
      if (++headBytes > HEAD_BYTES_MAX) {
        throw new IOException("the head of the answer is longer than 64 KiB");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private byte[] body(HttpHeaders headers, int bytesMax) throws IOException {
    String coding = headers.firstValue("transfer-encoding").orElse("").toLowerCase(Locale.ROOT);
    if (coding.equals("chunked")) {
      return chunked(bytesMax);
    }
    if (!coding.isEmpty() && !coding.equals("identity")) {
      throw new IOException("unsupported transfer encoding");
    }
    String length = headers.firstValue("content-length").orElse("");
    if (length.isEmpty()) {
      byte[] body = in.readNBytes(bytesMax == Integer.MAX_VALUE ? bytesMax : bytesMax + 1);
      if (body.length > bytesMax) {
        throw new BodyTooLargeException(bytesMax);
      }
      return body;
    }
    if (length.length() > 18 || !isDigits(length, length.length())) {
      throw new IOException("bad Content-Length");
    }
    return exactly(Long.parseLong(length), bytesMax);
  }

  private byte[] chunked(int bytesMax) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      headBytes = 0;
      String size = line().split(";", 2)[0].strip();
      if (size.isEmpty() || size.length() > 15) {
        throw new IOException("malformed chunked encoding");
      }
      long bytes;
      try {
        bytes = Long.parseLong(size, 16);
      } catch (NumberFormatException e) {
        throw new IOException("malformed chunked encoding", e);
      }
      if (bytes == 0) {
        headers(); // what follows the chunks means nothing here
        return body.toByteArray();
      }
      body.writeBytes(exactly(bytes, bytesMax - body.size()));
      if (!line().isEmpty()) {
        throw new IOException("malformed chunked encoding");
      }
    }
  }

  private byte[] exactly(long bytes, int bytesMax) throws IOException {
    if (bytes < 0 || bytes > bytesMax) {
      throw new BodyTooLargeException(bytesMax);
    }
    byte[] read = in.readNBytes((int) bytes);
    if (read.length < bytes) {
      throw new IOException("unexpected EOF");
    }
    return read;
  }
}
