package io.ghostworks.wire.zipkin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.EntryBudget;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Attributes as a JSON object within a text, as the Collector's exporter puts those of events and
 * links into annotations and tags.
 */
final class JsonAttributes {

  static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(64).maxStringLength(64 << 20).build())
          .build();

  private JsonAttributes() {}

  /** Whether a text is one JSON object and nothing else. */
  static boolean isObject(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Adds the entries of an object to the open row. */
  static void add(AttributeColumns into, String object, EntryBudget budget) {
    try (JsonParser parser = JSON.createParser(object)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        budget.take(1);
        switch (parser.nextToken()) {
          case VALUE_STRING -> into.add(key, parser.getText());
          case VALUE_TRUE -> into.add(key, true);
          case VALUE_FALSE -> into.add(key, false);
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(into, key, parser);
          case START_ARRAY, START_OBJECT -> nested(into, key, parser, budget);
          default -> {
            into.addKey(into.keys().intern(key));
            into.values().addNone();
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a text that was an object before is none", e);
    }
  }

  private static void number(AttributeColumns into, String key, JsonParser parser)
      throws IOException {
    double value = parser.getDoubleValue();
    if (isLong(parser)) {
      into.add(key, parser.getLongValue());
    } else if (value == Math.rint(value) && Math.abs(value) < 0x1p53) {
      into.add(key, (long) value);
    } else {
      into.add(key, value);
    }
  }

  /** Lists and objects in the wire form that columns keep them in. */
  private static void nested(
      AttributeColumns into, String key, JsonParser parser, EntryBudget budget) throws IOException {
    boolean list = parser.currentToken() == JsonToken.START_ARRAY;
    ProtoWriter out = new ProtoWriter(64);
    items(parser, out, budget);
    into.addKey(into.keys().intern(key));
    into.values()
        .add(
            list ? ValueColumn.ARRAY : ValueColumn.KEY_VALUES,
            into.values().arena().append(out.array(), 0, out.size()));
  }

  private static void items(JsonParser parser, ProtoWriter out, EntryBudget budget)
      throws IOException {
    boolean list = parser.currentToken() == JsonToken.START_ARRAY;
    JsonToken end = list ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
    while (parser.nextToken() != end) {
      budget.take(1);
      int item = out.begin(1);
      if (list) {
        value(parser, out, budget);
      } else {
        out.text(1, parser.currentName());
        parser.nextToken();
        int value = out.begin(2);
        value(parser, out, budget);
        out.end(value);
      }
      out.end(item);
    }
  }

  private static void value(JsonParser parser, ProtoWriter out, EntryBudget budget)
      throws IOException {
    switch (parser.currentToken()) {
      case VALUE_STRING -> {
        byte[] utf8 = parser.getText().getBytes(StandardCharsets.UTF_8);
        out.bytesAlways(1, utf8, 0, utf8.length);
      }
      case VALUE_TRUE, VALUE_FALSE -> out.uintAlways(2, parser.getBooleanValue() ? 1 : 0);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        if (isLong(parser)) {
          out.uintAlways(3, parser.getLongValue());
        } else {
          out.float64Always(4, parser.getDoubleValue());
        }
      }
      case START_ARRAY, START_OBJECT -> {
        int nested = out.begin(parser.currentToken() == JsonToken.START_ARRAY ? 5 : 6);
        items(parser, out, budget);
        out.end(nested);
      }
      default -> {
        // Null is an empty value.
      }
    }
  }

  private static boolean isLong(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }
}
