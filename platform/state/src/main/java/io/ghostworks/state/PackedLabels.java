package io.ghostworks.state;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;

/** Label sets as blobs: equal sets have equal bytes. */
final class PackedLabels {

  private PackedLabels() {}

  static byte[] pack(Labels labels) {
    return LabelSetTable.pack(labels);
  }

  static Labels unpack(byte[] packed) {
    return LabelSetTable.unpack(packed, 0, packed.length);
  }
}
