package io.ghostworks.server.http;

import io.ghostworks.wire.compress.BodyTooLargeException;
import io.ghostworks.wire.compress.ContentCoding;

/**
 * Decompresses bodies within the limit of a request and the memory of all, and sets memory aside
 * for the rows that will be decoded.
 */
public final class Bodies {

  /** Rows decoded from a body take about as much again as the body, and half of that on the way. */
  private static final int ROWS_FACTOR = 2;

  /** The most that a request holds, as a multiple of its limit: the body twice, and its rows. */
  public static final int MEMORY_FACTOR = 2 + ROWS_FACTOR;

  private final int limitBytes;

  /**
   * @param limitBytes of a body after decompression
   */
  public Bodies(long limitBytes) {
    this.limitBytes = (int) Math.min(Integer.MAX_VALUE, limitBytes);
  }

  /**
   * The body as its {@code Content-Encoding} says.
   *
   * @throws RequestException 415 for an unknown coding, 413 beyond the limit
   * @throws io.ghostworks.model.OverloadedException if all requests hold what they may
   */
  public byte[] decompressed(Exchange exchange) {
    String coding = exchange.header("content-encoding").orElse("");
    return decoded(
        exchange,
        0,
        ContentCoding.find(coding)
            .orElseThrow(() ->
                new RequestException(
                    415,
                    "the content encoding must be gzip, zstd, lz4, snappy, deflate or identity, got '%s'"
                        .formatted(coding))));
  }

  /** The body in a coding that the protocol fixes. */
  public byte[] decoded(Exchange exchange, ContentCoding coding) {
    return decoded(exchange, 0, coding);
  }

  /** What follows the first bytes of a body, in a coding that the protocol fixes. */
  public byte[] decoded(Exchange exchange, int offset, ContentCoding coding) {
    return decoded(exchange, exchange.body(), offset, coding);
  }

  /** What was decoded of a body before, in a coding that the protocol fixes on top. */
  public byte[] decoded(Exchange exchange, byte[] body, ContentCoding coding) {
    return decoded(exchange, body, 0, coding);
  }

  private byte[] decoded(Exchange exchange, byte[] body, int offset, ContentCoding coding) {
    if (coding == ContentCoding.IDENTITY && offset == 0 && body.length <= limitBytes) {
      reserveRows(exchange, body.length);
      return body;
    }
    try {
      byte[] decoded =
          coding.decode(body, offset, body.length - offset, limitBytes, exchange.memory());
      reserveRows(exchange, decoded.length);
      return decoded;
    } catch (BodyTooLargeException e) {
      throw new RequestException(
          413,
          "the request's body is larger than the limit of %d bytes after decompression: send smaller batches"
              .formatted(e.limitBytes()),
          e);
    }
  }

  /** Sets memory aside for the rows of so many bytes. */
  public void reserveRows(Exchange exchange, int bytes) {
    exchange.memory().reserve((long) ROWS_FACTOR * bytes);
  }
}
