package io.ghostworks.wire.jaeger.json;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What was noticed about a span, which Jaeger keeps as an attribute: a list of texts. */
final class StoredWarnings {

  private static final int ARRAY_VALUE = 1;
  private static final int STRING_VALUE = 1;

  private StoredWarnings() {}

  static List<String> of(SpanBatch batch, int row) {
    AttributeColumns attributes = batch.attributes();
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      if (attributes.key(entry).equals(JaegerNames.WARNINGS)) {
        return of(attributes.values(), entry);
      }
    }
    return List.of();
  }

  private static List<String> of(ValueColumn values, int index) {
    if (values.type(index) != ValueColumn.ARRAY) {
      String text = ValueText.of(values, index);
      return text == null ? List.of() : List.of(text);
    }
    long slice = values.payload(index);
    ProtoReader reader =
        new ProtoReader(values.arena().array(), ByteArena.offset(slice), ByteArena.length(slice));
    List<String> warnings = new ArrayList<>();
    while (reader.next()) {
      if (reader.field() == ARRAY_VALUE) {
        int outer = reader.enter();
        while (reader.next()) {
          if (reader.field() == STRING_VALUE) {
            int length = reader.length();
            warnings.add(
                new String(reader.bytes(), reader.position(), length, StandardCharsets.UTF_8));
            reader.skipBytes(length);
          } else {
            reader.skip();
          }
        }
        reader.leave(outer);
      } else {
        reader.skip();
      }
    }
    return warnings;
  }

  /** Adds them to the row that is being filled. */
  static void add(SpanBatch batch, List<String> warnings) {
    if (warnings.isEmpty()) {
      return;
    }
    ProtoWriter array = new ProtoWriter(256);
    for (String warning : warnings) {
      byte[] utf8 = warning.getBytes(StandardCharsets.UTF_8);
      int start = array.begin(ARRAY_VALUE);
      array.bytesAlways(STRING_VALUE, utf8, 0, utf8.length);
      array.end(start);
    }
    AttributeColumns attributes = batch.attributes();
    attributes.addKey(batch.keys().intern(JaegerNames.WARNINGS));
    attributes
        .values()
        .add(ValueColumn.ARRAY, batch.arena().append(array.array(), 0, array.size()));
  }
}
