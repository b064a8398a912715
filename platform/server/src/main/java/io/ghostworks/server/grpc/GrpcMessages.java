package io.ghostworks.server.grpc;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.GrpcStatus;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.wire.compress.ContentCoding;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * The messages of calls with one request, and one response or many.
 *
 * <pre>
 * body := compressed:u8 length:u32 message[length]      // big-endian
 * </pre>
 *
 * <p>Source: "gRPC over HTTP2", Length-Prefixed-Message.
 */
public final class GrpcMessages {

  public static final String CONTENT_TYPE = "application/grpc";
  public static final String ENCODINGS = "identity,gzip,zstd";
  static final int PREFIX_BYTES = 5;

  private final Bodies bodies;

  public GrpcMessages(Bodies bodies) {
    this.bodies = bodies;
  }

  /** A message in an array that may begin before it. */
  public record Message(byte[] bytes, int offset, int length) {}

  /**
   * The one message of a request, decompressed.
   *
   * @throws RequestException 400 if the body is not one message, 415 for a coding or content type
   *     that is unknown, 413 beyond the limit
   */
  public Message request(Exchange exchange) {
    String contentType = exchange.header("content-type").orElse("");
    if (!contentType.startsWith(CONTENT_TYPE)) {
      throw new RequestException(
          415, "the content type must be application/grpc, got '%s'".formatted(contentType));
    }
    byte[] body = exchange.body();
    if (body.length < PREFIX_BYTES || length(body) != body.length - PREFIX_BYTES) {
      throw RequestException.bad(
          "the request must be one message of gRPC, got %d bytes that are not"
              .formatted(body.length));
    }
    return switch (body[0]) {
      case 0 -> {
        bodies.reserveRows(exchange, body.length);
        yield new Message(body, PREFIX_BYTES, body.length - PREFIX_BYTES);
      }
      case 1 -> {
        byte[] decoded = bodies.decoded(exchange, PREFIX_BYTES, coding(exchange));
        yield new Message(decoded, 0, decoded.length);
      }
      default ->
          throw RequestException.bad(
              "the first byte of a message of gRPC must be 0 or 1, got %d".formatted(body[0]));
    };
  }

  private static long length(byte[] body) {
    return ByteBuffer.wrap(body).getInt(1) & 0xffffffffL;
  }

  private static ContentCoding coding(Exchange exchange) {
    String name = exchange.header("grpc-encoding").orElse("identity");
    return switch (name) {
      case "gzip" -> ContentCoding.GZIP;
      case "zstd" -> ContentCoding.ZSTD;
      case "identity" ->
          throw RequestException.bad(
              "a compressed message needs the header grpc-encoding to say how it is compressed");
      default ->
          throw new RequestException(
              415,
              "the encoding of messages must be one of %s, got '%s'".formatted(ENCODINGS, name));
    };
  }

  /** A response of one message that ends well. */
  public static Answer response(byte[] message) {
    return new Answer(
        200,
        CONTENT_TYPE,
        framed(message),
        Map.of("grpc-accept-encoding", ENCODINGS),
        Map.of(GrpcStatus.HEADER, "0"));
  }

  /** A message as it stands in a response. */
  static byte[] framed(byte[] message) {
    ByteBuffer framed = ByteBuffer.allocate(PREFIX_BYTES + message.length);
    framed.put((byte) 0).putInt(message.length).put(message);
    return framed.array();
  }
}
