package io.ghostworks.wire.remotewrite;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.label.Labels;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.label.LabelPacker;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Labels as version 2.0 gives them: references to symbols, of series and of exemplars. Reused; not
 * thread-safe.
 */
final class LabelRefs implements ExemplarReader.LabelsField {
  static final int PACKED = 1 << 3 | ProtoReader.BYTES;
  static final int SINGLE = 1 << 3 | ProtoReader.VARINT;

  private static final int REFS_MAX = 2 * SeriesLabels.LABELS_MAX;

  /** Longer labels of one exemplar are never kept. */
  private static final int EXEMPLAR_BYTES_MAX = 4_096;

  private final ProtoReader reader;
  private final SymbolTable symbols;
  private final LabelPacker labels;
  private final RejectionTally rejections;
  private final IntColumn refs = new IntColumn();

  /**
   * @param labels takes what {@link #resolve} finds
   * @param rejections is told of exemplars that are refused
   */
  LabelRefs(
      ProtoReader reader, SymbolTable symbols, LabelPacker labels, RejectionTally rejections) {
    this.reader = reader;
    this.symbols = symbols;
    this.labels = labels;
    this.rejections = rejections;
  }

  @Override
  public void clear() {
    refs.truncate(0);
  }

  @Override
  public boolean read() {
    if (reader.tag() == SINGLE) {
      add(reader.varint());
      return true;
    }
    if (reader.tag() != PACKED) {
      return false;
    }
    int outer = reader.enter();
    while (reader.position() < reader.limit()) {
      add(reader.varint());
    }
    reader.leave(outer);
    return true;
  }

  /** Finds the labels; answers their bytes, or −1 where a reference names no symbol. */
  long resolve() {
    labels.clear();
    if (refs.size() % 2 != 0) {
      return -1;
    }
    long bytes = 0;
    for (int i = 0; i < refs.size(); i += 2) {
      if (!find(i)) {
        return -1;
      }
      int nameStart = symbols.start();
      int nameLength = symbols.length();
      if (!find(i + 1)) {
        return -1;
      }
      labels.add(
          reader.bytes(), nameStart, nameLength, reader.bytes(), symbols.start(), symbols.length());
      bytes += nameLength + symbols.length() + 4L;
    }
    return bytes;
  }

  /** Why {@link #resolve} answered −1. */
  String violation() {
    return refs.size() % 2 != 0
        ? "invalid labelRefs length %d".formatted(refs.size())
        : "labelRefs outside of symbols table (size %d)".formatted(symbols.size());
  }

  /** The symbol that is the metric's name of a series that has one. */
  int metricNameRef() {
    for (int i = 0; i < refs.size(); i += 2) {
      int ref = refs.get(i);
      symbols.find(ref);
      if (symbols.length() == Labels.METRIC_NAME.length()
          && symbols.text(ref).equals(Labels.METRIC_NAME)) {
        return refs.get(i + 1);
      }
    }
    throw new IllegalStateException("a series without a name was taken");
  }

  @Override
  public @Nullable Labels labels() {
    long bytes = resolve();
    if (bytes < 0 || !areUtf8()) {
      String why = bytes < 0 ? violation() : "its labels are not valid UTF-8";
      rejections.add(Reason.INVALID_ROW, () -> "parsing exemplar for series: %s".formatted(why));
      return null;
    }
    if (bytes > EXEMPLAR_BYTES_MAX) {
      return null;
    }
    Labels.Builder builder = Labels.builder();
    for (int i = 0; i < labels.size(); i++) {
      builder.set(labels.name(i), new String(labels.value(i), StandardCharsets.UTF_8));
    }
    return builder.build();
  }

  private boolean areUtf8() {
    for (int i = 0; i < refs.size(); i++) {
      find(i);
      if (!Utf8.isValid(reader.bytes(), symbols.start(), symbols.length())) {
        return false;
      }
    }
    return true;
  }

  private boolean find(int index) {
    return symbols.find(Integer.toUnsignedLong(refs.get(index)));
  }

  private void add(long ref) {
    if (refs.size() == REFS_MAX) {
      throw reader.malformed(
          "a series may have at most %d labels".formatted(SeriesLabels.LABELS_MAX));
    }
    refs.add((int) ref);
  }
}
