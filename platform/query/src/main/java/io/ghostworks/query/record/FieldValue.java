package io.ghostworks.query.record;

import io.ghostworks.model.record.ValueColumn;
import java.util.Comparator;

/**
 * A value of a column. Ordered by text, then type.
 *
 * @param type of {@link ValueColumn}, never NONE
 * @param text as {@link io.ghostworks.model.record.ValueText} gives it
 */
public record FieldValue(byte type, String text) implements Comparable<FieldValue> {

  private static final Comparator<FieldValue> ORDER =
      Comparator.comparing(FieldValue::text).thenComparingInt(FieldValue::type);

  @Override
  public int compareTo(FieldValue other) {
    return ORDER.compare(this, other);
  }
}
