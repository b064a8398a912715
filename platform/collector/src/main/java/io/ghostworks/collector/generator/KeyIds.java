package io.ghostworks.collector.generator;

import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ids that a batch has for some keys, in their order; a key that it lacks has none. */
final class KeyIds {
  private final int[] ids;

  KeyIds(List<String> keys, StringTable table) {
    ids = keys.stream().mapToInt(table::find).toArray();
  }

  /** The text of the first key that the span has, or null. */
  @Nullable String ofSpan(SpanBatch batch, int row) {
    for (int id : ids) {
      String text = id < 0 ? null : text(batch.attributes(), row, id);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** The text of the first key that the resource or the span has, or null. */
  @Nullable String first(SpanBatch batch, int row) {
    for (int i = 0; i < ids.length; i++) {
      String text = at(i, batch, row);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** The text of one key, of the resource before the span, or null. */
  @Nullable String at(int index, SpanBatch batch, int row) {
    int id = ids[index];
    if (id < 0) {
      return null;
    }
    String text = text(batch.resources().attributes(), batch.resource(row), id);
    return text == null ? text(batch.attributes(), row, id) : text;
  }

  private static @Nullable String text(AttributeColumns attributes, int row, int id) {
    int entry = attributes.find(row, id);
    if (entry < 0) {
      return null;
    }
    String text = ValueText.of(attributes.values(), entry);
    return text == null ? "" : text;
  }
}
