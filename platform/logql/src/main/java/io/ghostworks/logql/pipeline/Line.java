package io.ghostworks.logql.pipeline;

import java.nio.charset.StandardCharsets;

/** The line of a record on its way through the stages: bytes of UTF-8 that no stage changes. */
final class Line {
  private static final byte[] NONE = {};

  private long timeNanos;
  private byte[] bytes = NONE;
  private int from;
  private int to;

  void set(long timeNanos, byte[] bytes, int from, int to) {
    this.timeNanos = timeNanos;
    set(bytes, from, to);
  }

  void set(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  long timeNanos() {
    return timeNanos;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  boolean isEmpty() {
    return from == to;
  }

  String text() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
