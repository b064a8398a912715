package io.ghostworks.collector.generator;

import io.ghostworks.model.label.Labels;

/** A resource of which points tell. Owned by its processor. */
final class Sender {
  /** All of them together. */
  static final Sender ALL = new Sender(new byte[0], Labels.EMPTY);

  /** The bytes that tell it from others. */
  final byte[] key;

  final Labels attributes;
  long lastSeenMs = Long.MAX_VALUE;

  Sender(byte[] key, Labels attributes) {
    this.key = key;
    this.attributes = attributes;
  }
}
