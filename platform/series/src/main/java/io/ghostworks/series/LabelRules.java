package io.ghostworks.series;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a new series' labels must fulfil. */
final class LabelRules {
  private static final byte[] METRIC_NAME = Labels.METRIC_NAME.getBytes(StandardCharsets.UTF_8);
  private static final int SHOWN_MAX = 200;

  private LabelRules() {}

  /** What is wrong with packed labels; null if nothing is. */
  static @Nullable Violation violation(byte[] packed, int offset, int length, SeriesLimits limits) {
    try {
      return check(packed, offset, length, limits);
    } catch (IllegalArgumentException e) {
      return new Violation(
          "", "labels must be packed as pairs of name and value: " + e.getMessage());
    }
  }

  /** Packed labels as text for a message, cut where they are long. */
  static String show(byte[] packed, int offset, int length) {
    try {
      String text = LabelSetTable.unpack(packed, offset, length).toString();
      return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
    } catch (IllegalArgumentException e) {
      return "a series with damaged labels";
    }
  }

  private static @Nullable Violation check(
      byte[] packed, int offset, int length, SeriesLimits limits) {
    LabelSetTable.Cursor cursor = new LabelSetTable.Cursor(packed, offset, length);
    int labels = 0;
    int beforeFrom = 0;
    int beforeTo = 0;
    boolean named = false;
    while (cursor.next()) {
      int nameFrom = cursor.nameOffset();
      int nameTo = nameFrom + cursor.nameLength();
      if (cursor.nameLength() == 0 || cursor.valueLength() == 0) {
        return invalid(
            "a label must have a name and a value, got an empty one in ", packed, offset, length);
      }
      if (labels > 0
          && Arrays.compareUnsigned(packed, beforeFrom, beforeTo, packed, nameFrom, nameTo) >= 0) {
        return invalid(
            "a label's name must come once and in order, got '%s' in ".formatted(cursor.name()),
            packed,
            offset,
            length);
      }
      Violation tooLong = tooLong(cursor, limits);
      if (tooLong != null) {
        return new Violation(
            tooLong.limit(), tooLong.rule() + " in " + show(packed, offset, length));
      }
      if (!isUtf8(packed, nameFrom, cursor.nameLength())
          || !isUtf8(packed, cursor.valueOffset(), cursor.valueLength())) {
        return invalid(
            "names and values of labels must be UTF-8, got other bytes in ",
            packed,
            offset,
            length);
      }
      named |= Arrays.equals(packed, nameFrom, nameTo, METRIC_NAME, 0, METRIC_NAME.length);
      beforeFrom = nameFrom;
      beforeTo = nameTo;
      labels++;
    }
    if (!named) {
      return invalid("a series must have a metric name, got ", packed, offset, length);
    }
    return labels > limits.labelsMax()
        ? new Violation(
            "labels_max",
            "a series must have at most %d labels (limits.labels_max), got %d in %s"
                .formatted(limits.labelsMax(), labels, show(packed, offset, length)))
        : null;
  }

  private static Violation invalid(String rule, byte[] packed, int offset, int length) {
    return new Violation("", rule + show(packed, offset, length));
  }

  private static @Nullable Violation tooLong(LabelSetTable.Cursor cursor, SeriesLimits limits) {
    if (cursor.nameLength() > limits.labelNameBytesMax()) {
      return new Violation(
          "label_name_bytes_max",
          "a label's name must have at most %d bytes (limits.label_name_bytes_max), got %d"
              .formatted(limits.labelNameBytesMax(), cursor.nameLength()));
    }
    if (cursor.valueLength() > limits.labelValueBytesMax()) {
      return new Violation(
          "label_value_bytes_max",
          "a label's value must have at most %d bytes (limits.label_value_bytes_max), got %d for '%s'"
              .formatted(limits.labelValueBytesMax(), cursor.valueLength(), cursor.name()));
    }
    return null;
  }

  private static boolean isUtf8(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] < 0) {
        return decodes(bytes, offset, length);
      }
    }
    return true;
  }

  private static boolean decodes(byte[] bytes, int offset, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * What is wrong with labels.
   *
   * @param limit the word of the limit that they exceed, or "" where they are wrong under any
   * @param rule as a sentence
   */
  record Violation(String limit, String rule) {}
}
