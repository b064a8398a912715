package io.ghostworks.promql.eval;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.label.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Chooses a share of series by the hash of their labels, so that it is always the same ones and
 * those of {@code r} and {@code r - 1} complement each other. The hash is Prometheus's: XXH64 over
 * names and values, each with its length before it.
 */
final class SeriesSampling {
  private static final Hasher64 XXH64 = Hashing.xxh64();
  private static final double HASHES = 0x1p64;

  private SeriesSampling() {}

  /**
   * Whether a series is among the share.
   *
   * @param ratio from −1 to 1; a negative one chooses from the other end
   */
  static boolean isChosen(double ratio, Labels labels) {
    double offset = unsigned(hash(labels)) / HASHES;
    return ratio >= 0 ? offset < ratio : offset >= 1.0 + ratio;
  }

  private static long hash(Labels labels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    labels.forEach((name, value) -> {
      write(name, bytes);
      write(value, bytes);
    });
    return XXH64.hashBytesToLong(bytes.toByteArray());
  }

  private static void write(String text, ByteArrayOutputStream out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < 255) {
      out.write(utf8.length);
    } else {
      out.write(255);
      out.write(utf8.length);
      out.write(utf8.length >> 8);
      out.write(utf8.length >> 16);
    }
    out.writeBytes(utf8);
  }

  private static double unsigned(long hash) {
    // The lowest bit is kept so that halving does not change the rounding.
    return hash >= 0 ? hash : ((hash >>> 1) | (hash & 1)) * 2.0;
  }
}
