package io.ghostworks.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a route answers.
 *
 * @param body owned by the answer; empty where there is a stream
 * @param trailers sent after the body
 * @param stream the body where it is not built whole; closed by whom the answer is given to
 * @param compressible whether the body may be sent compressed
 */
public record Answer(
    int status,
    String contentType,
    byte[] body,
    Map<String, String> headers,
    Map<String, String> trailers,
    @Nullable AnswerStream stream,
    boolean compressible) {

  public static final String JSON = "application/json";
  public static final String TEXT = "text/plain; charset=utf-8";

  public Answer {
    headers = Map.copyOf(headers);
    trailers = Map.copyOf(trailers);
  }

  /** An answer that is sent as it is. */
  public Answer(
      int status,
      String contentType,
      byte[] body,
      Map<String, String> headers,
      Map<String, String> trailers) {
    this(status, contentType, body, headers, trailers, null, false);
  }

  /** An answer that ends with its body. */
  public Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, body, headers, Map.of());
  }

  public static Answer json(int status, byte[] body) {
    return new Answer(status, JSON, body, Map.of());
  }

  public static Answer text(int status, String text) {
    return new Answer(status, TEXT, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  public static Answer empty(int status) {
    return new Answer(status, "", new byte[0], Map.of());
  }

  public static Answer redirect(String location) {
    return new Answer(302, "", new byte[0], Map.of("location", location));
  }

  /** The same with one more header. */
  public Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, contentType, body, more, trailers, stream, compressible);
  }

  /** An answer whose body is written while it is sent. */
  public static Answer streamed(int status, String contentType, AnswerStream stream) {
    return new Answer(status, contentType, new byte[0], Map.of(), Map.of(), stream, false);
  }

  /** The same, compressed if the client takes that. */
  public Answer compressed() {
    return new Answer(status, contentType, body, headers, trailers, stream, true);
  }

  /** The same; what is given runs when the body has been written, or at once if it is there. */
  public Answer closing(Runnable more) {
    if (stream == null) {
      more.run();
      return this;
    }
    return new Answer(
        status, contentType, body, headers, trailers, stream.closing(more), compressible);
  }

  /**
   * The whole body, for those who need it in one piece.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public byte[] wholeBody() {
    if (stream == null) {
      return body;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (stream) {
      boolean more = true;
      while (more) {
        more = stream.write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the body cannot be written to memory", e);
    }
    return out.toByteArray();
  }
}
