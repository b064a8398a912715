package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A template and the values of its variables for the texts that have it. */
final class StoredTemplate {

  private final int textClass;
  private final int count;
  private final byte[][] standing;
  private final StoredValues[] values;
  private final long textBytesMax;

  /**
   * @param form what stands, with a mark in the place of each variable
   * @param values of each variable; as many as marks
   * @param textBytesMax no text is longer
   */
  StoredTemplate(int textClass, byte[] form, int count, StoredValues[] values, long textBytesMax) {
    this.textBytesMax = textBytesMax;
    this.textClass = textClass;
    this.count = count;
    this.standing = standing(form);
    this.values = values;
  }

  private static byte[][] standing(byte[] form) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= form.length; at++) {
      if (at == form.length || form[at] == Split.MARK) {
        parts.add(Arrays.copyOfRange(form, from, at));
        from = at + 1;
      }
    }
    return parts.toArray(byte[][]::new);
  }

  /** How many texts have it. */
  int count() {
    return count;
  }

  /** Whether its variables are the scalars of a JSON object. */
  boolean isJson() {
    return textClass == TextGroupWriter.CLASS_JSON;
  }

  /** Whether something stands, or could. */
  boolean hasForm() {
    return textClass != TextGroupWriter.CLASS_TEXT;
  }

  /** Whether a variable's values are tokens, and so between bytes of no token. */
  boolean hasTokens() {
    return textClass == TextGroupWriter.CLASS_TOKENS || textClass == TextGroupWriter.CLASS_WORDS;
  }

  int variables() {
    return values.length;
  }

  StoredValues values(int variable) {
    return values[variable];
  }

  /** What stands before a variable, or after the last. */
  byte[] standing(int variable) {
    return standing[variable];
  }

  /** Appends the text with this ordinal. */
  void append(int ordinal, ByteArena arena) throws DamagedDataException {
    int start = arena.size();
    for (int i = 0; i < values.length; i++) {
      arena.append(standing[i], 0, standing[i].length);
      values[i].append(ordinal, arena);
      if (arena.size() - start > textBytesMax) {
        throw new DamagedDataException(
            "a text must have at most %d bytes, got more".formatted(textBytesMax));
      }
    }
    byte[] last = standing[values.length];
    arena.append(last, 0, last.length);
  }

  /** The ordinals of the texts that fulfil a probe. */
  RowSet match(Probe probe) throws DamagedDataException {
    return new TemplateMatch(this, probe).find();
  }
}
