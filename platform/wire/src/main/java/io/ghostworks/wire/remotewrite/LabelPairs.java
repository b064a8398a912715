package io.ghostworks.wire.remotewrite;

import io.ghostworks.model.label.Labels;
import io.ghostworks.wire.label.LabelPacker;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Labels as version 1.0 gives them: pairs of name and value, of series and of exemplars. Reused;
 * not thread-safe.
 */
final class LabelPairs implements ExemplarReader.LabelsField {
  static final int LABEL = 1 << 3 | ProtoReader.BYTES;

  private static final int NAME = 1 << 3 | ProtoReader.BYTES;
  private static final int VALUE = 2 << 3 | ProtoReader.BYTES;
  private static final int EXEMPLAR_LABELS_MAX = 64;

  private final ProtoReader reader;
  private int nameStart;
  private int nameLength;
  private int valueStart;
  private int valueLength;
  private Labels.Builder exemplarLabels = Labels.builder();
  private int exemplarLabelCount;

  LabelPairs(ProtoReader reader) {
    this.reader = reader;
  }

  /** Adds the label of a series that the reader is at. */
  void addTo(LabelPacker labels) {
    readPair();
    if (labels.size() == SeriesLabels.LABELS_MAX) {
      throw reader.malformed(
          "a series may have at most %d labels".formatted(SeriesLabels.LABELS_MAX));
    }
    labels.add(reader.bytes(), nameStart, nameLength, reader.bytes(), valueStart, valueLength);
  }

  @Override
  public void clear() {
    exemplarLabels = Labels.builder();
    exemplarLabelCount = 0;
  }

  @Override
  public boolean read() {
    if (reader.tag() != LABEL) {
      return false;
    }
    if (++exemplarLabelCount > EXEMPLAR_LABELS_MAX) {
      throw reader.malformed(
          "an exemplar may have at most %d labels".formatted(EXEMPLAR_LABELS_MAX));
    }
    readPair();
    exemplarLabels.set(text(nameStart, nameLength), text(valueStart, valueLength));
    return true;
  }

  @Override
  public Labels labels() {
    return exemplarLabels.build();
  }

  private void readPair() {
    int outer = reader.enter();
    nameLength = 0;
    valueLength = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case NAME -> {
          nameLength = reader.length();
          nameStart = reader.position();
          reader.skipBytes(nameLength);
        }
        case VALUE -> {
          valueLength = reader.length();
          valueStart = reader.position();
          reader.skipBytes(valueLength);
        }
        default -> reader.skip();
      }
    }
    reader.leave(outer);
  }

  private String text(int start, int length) {
    if (!Utf8.isValid(reader.bytes(), start, length)) {
      throw reader.malformed("an exemplar's label is not valid UTF-8");
    }
    return new String(reader.bytes(), start, length, StandardCharsets.UTF_8);
  }
}
