package io.ghostworks.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The coding of an answer's body: the first of gzip and deflate that {@code Accept-Encoding} names,
 * without regard to weights, as Prometheus chooses.
 */
enum CompressedBody {
  NONE(""),
  GZIP("gzip"),
  DEFLATE("deflate");

  private static final int BUFFER_BYTES = 4096;

  private final String word;

  CompressedBody(String word) {
    this.word = word;
  }

  /** Its word in {@code Content-Encoding}. */
  String word() {
    return word;
  }

  /** What a client takes. */
  static CompressedBody of(String acceptEncoding) {
    for (String coding : acceptEncoding.split(",", 64)) {
      switch (coding.strip().toLowerCase(Locale.ROOT)) {
        case "gzip" -> {
          return GZIP;
        }
        case "deflate" -> {
          return DEFLATE;
        }
        default -> {} // a coding that is not spoken here, or one with a weight
      }
    }
    return NONE;
  }

  /** A stream whose flush sends all that was written so far. */
  OutputStream into(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case GZIP -> new GZIPOutputStream(out, BUFFER_BYTES, true);
      case DEFLATE ->
          new DeflaterOutputStream(out, new java.util.zip.Deflater(), BUFFER_BYTES, true);
    };
  }

  /** A body that is there whole. */
  byte[] whole(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, body.length / 4));
    try (OutputStream coded = into(out)) {
      coded.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("a body cannot be compressed in memory", e);
    }
    return out.toByteArray();
  }
}
