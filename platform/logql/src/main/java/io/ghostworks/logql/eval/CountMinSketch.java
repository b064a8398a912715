package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import java.nio.charset.StandardCharsets;

/**
 * Sums of values by key in fixed memory, each at least as large as the true one where no value is
 * negative. Width, depth and hashes are those of Loki, so that the estimates are equal.
 *
 * <p>Source: Cormode and Muthukrishnan, "An improved data stream summary: the count-min sketch",
 * 2005; Loki, {@code pkg/logql/sketch}.
 */
final class CountMinSketch {
  /** What one takes in memory. */
  static final long BYTES = 27_183L * 7 * Double.BYTES;

  private static final int WIDTH = (int) Math.ceil(Math.E / 0.0001);
  private static final int DEPTH = (int) Math.ceil(Math.log(0.01) / Math.log(0.5));
  private static final double COUNT_MAX = 0x1p64;

  private final double[] counters = new double[DEPTH * WIDTH];

  void add(byte[] key, double value) {
    int first = fnv(key);
    int second = jenkins(key);
    for (int row = 0; row < DEPTH; row++) {
      counters[row * WIDTH + column(first, second, row)] += value;
    }
  }

  double count(byte[] key) {
    int first = fnv(key);
    int second = jenkins(key);
    double least = COUNT_MAX;
    for (int row = 0; row < DEPTH; row++) {
      double counter = counters[row * WIDTH + column(first, second, row)];
      if (counter < least) {
        least = counter;
      }
    }
    return least;
  }

  /** The bytes by which a series is known. */
  static byte[] key(Labels labels) {
    byte[][] parts = new byte[2 * labels.size()][];
    int length = 1 + Math.max(0, parts.length - 1);
    for (int i = 0; i < labels.size(); i++) {
      parts[2 * i] = labels.name(i).getBytes(StandardCharsets.UTF_8);
      parts[2 * i + 1] = labels.value(i).getBytes(StandardCharsets.UTF_8);
      length += parts[2 * i].length + parts[2 * i + 1].length;
    }
    byte[] key = new byte[length];
    key[0] = (byte) 0xfe;
    int at = 1;
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        key[at++] = (byte) 0xff;
      }
      System.arraycopy(parts[i], 0, key, at, parts[i].length);
      at += parts[i].length;
    }
    return key;
  }

  private static int column(int first, int second, int row) {
    return Integer.remainderUnsigned(first + row * second, WIDTH);
  }

  private static int fnv(byte[] key) {
    int hash = 0x811c9dc5;
    for (byte b : key) {
      hash = (hash ^ (b & 0xff)) * 0x01000193;
    }
    return hash;
  }

  private static int jenkins(byte[] key) {
    int hash = 0;
    for (byte b : key) {
      hash += b & 0xff;
      hash += hash << 10;
      hash ^= hash >>> 6;
    }
    hash += hash << 3;
    hash ^= hash >>> 11;
    hash += hash << 15;
    return hash;
  }
}
