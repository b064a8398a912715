package io.ghostworks.server.http;

import io.ghostworks.wire.compress.BodyTooLargeException;
import io.ghostworks.wire.compress.ContentCoding;

/** Decompresses bodies within the limit of a request. */
public final class Bodies {

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
   */
  public byte[] decompressed(Exchange exchange) {
    String coding = exchange.header("content-encoding").orElse("");
    return decoded(
        exchange.body(),
        ContentCoding.find(coding)
            .orElseThrow(() ->
                new RequestException(
                    415,
                    "the content encoding must be gzip, zstd, snappy, deflate or identity, got '%s'"
                        .formatted(coding))));
  }

  /** The body in a coding that the protocol fixes. */
  public byte[] decoded(byte[] body, ContentCoding coding) {
    try {
      return coding.decode(body, 0, body.length, limitBytes);
    } catch (BodyTooLargeException e) {
      throw new RequestException(
          413,
          "the request's body is larger than the limit of %d bytes after decompression: send smaller batches"
              .formatted(e.limitBytes()),
          e);
    }
  }
}
