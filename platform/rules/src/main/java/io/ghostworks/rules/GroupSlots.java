package io.ghostworks.rules;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.label.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The times at which a group is evaluated: multiples of its interval plus an offset that comes from
 * its file and name, so that groups spread over the interval and keep their slots over restarts
 * (Prometheus's {@code Group.EvalTimestamp}). The offset is the xxHash64 of the labels {@code file}
 * and {@code name} as Prometheus packs label sets, modulo the interval.
 */
final class GroupSlots {

  private final long intervalNanos;
  private final long offsetNanos;

  GroupSlots(String file, String name, long intervalNanos) {
    this.intervalNanos = intervalNanos;
    this.offsetNanos =
        Long.remainderUnsigned(hash(Labels.of("file", file, "name", name)), intervalNanos);
  }

  /** Whole multiples of the interval. */
  GroupSlots(long intervalNanos) {
    this.intervalNanos = intervalNanos;
    this.offsetNanos = 0;
  }

  /** The last slot at or before a time; nanoseconds since the epoch. */
  long atOrBefore(long epochNanos) {
    long adjusted = epochNanos - offsetNanos;
    return adjusted - adjusted % intervalNanos + offsetNanos;
  }

  /** Prometheus's {@code labels.Labels.Hash}. */
  static long hash(Labels labels) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(64);
    labels.forEach((name, value) -> {
      append(packed, name);
      append(packed, value);
    });
    byte[] bytes = packed.toByteArray();
    return Hashing.xxh64().hashBytesToLong(bytes, 0, bytes.length);
  }

  private static void append(ByteArrayOutputStream packed, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length < 255) {
      packed.write(utf8.length);
    } else {
      packed.write(255);
      packed.write(utf8.length);
      packed.write(utf8.length >> 8);
      packed.write(utf8.length >> 16);
    }
    packed.writeBytes(utf8);
  }
}
