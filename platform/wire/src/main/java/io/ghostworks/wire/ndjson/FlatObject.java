package io.ghostworks.wire.ndjson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.WireFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, in order: those of objects within it by the path with dots, lists
 * and what nests too deep or under too long a path as the JSON that was sent. Null is no field.
 * Reused from object to object. Not thread-safe.
 */
final class FlatObject {
  /** Objects that nest deeper stay JSON; documents seldom nest beyond 5. */
  private static final int DEPTH_MAX = 20;

  /** In chars; what is below a longer name stays text, so that it is not repeated by each field. */
  private static final int PREFIX_MAX = 256;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1_000_000)
                  .maxNumberLength(10_000)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final ByteArena arena;
  private final int fieldsMax;
  private final List<String> names = new ArrayList<>();
  private byte[] types = new byte[16];
  private long[] payloads = new long[16];
  private byte[] bytes = {};
  private int from;
  private int to;
  private @Nullable String text;

  /**
   * @param arena takes the values that are texts
   * @param fieldsMax of all objects together
   */
  FlatObject(ByteArena arena, int fieldsMax) {
    this.arena = arena;
    this.fieldsMax = fieldsMax;
  }

  /**
   * Reads an object in place of the one before.
   *
   * @throws WireFormatException if the bytes are not one JSON object
   */
  void read(byte[] json, int start, int end) {
    names.clear();
    bytes = json;
    from = start;
    to = end;
    text = null;
    try (JsonParser parser = JSON.createParser(json, start, end - start)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new WireFormatException("expected an object", 0);
      }
      object(parser, "", 0);
      if (parser.nextToken() != null) {
        throw new WireFormatException(
            "expected the end of the line after an object",
            parser.currentTokenLocation().getByteOffset());
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new WireFormatException(
          String.valueOf(e.getOriginalMessage()), WireFormatException.NOWHERE);
    } catch (IOException e) {
      throw new WireFormatException(String.valueOf(e.getMessage()), e);
    }
  }

  private void object(JsonParser parser, String prefix, int depth) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = prefix + parser.currentName();
      switch (parser.nextToken()) {
        case START_OBJECT -> {
          if (depth + 1 < DEPTH_MAX && name.length() <= PREFIX_MAX) {
            object(parser, name + ".", depth + 1);
          } else {
            asSent(parser, name);
          }
        }
        case START_ARRAY -> asSent(parser, name);
        case VALUE_STRING -> add(name, ValueColumn.STRING, arena.append(parser.getText()));
        case VALUE_TRUE -> add(name, ValueColumn.BOOL, 1);
        case VALUE_FALSE -> add(name, ValueColumn.BOOL, 0);
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, name);
        default -> {} // null
      }
    }
  }

  private void number(JsonParser parser, String name) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      add(name, ValueColumn.INT, parser.getLongValue());
      return;
    }
    String text = parser.getText();
    double value = Double.parseDouble(text);
    boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    if (whole || Double.isInfinite(value)) {
      add(name, ValueColumn.STRING, arena.append(text)); // more digits than a number here can have
    } else {
      add(name, ValueColumn.DOUBLE, Double.doubleToRawLongBits(value));
    }
  }

  /** A list, or an object that nests too deep, byte for byte. */
  private void asSent(JsonParser parser, String name) throws IOException {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    int end = (int) parser.currentTokenLocation().getCharOffset() + 1;
    if (text == null) {
      text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    add(name, ValueColumn.STRING, arena.append(text.substring(start, end)));
  }

  private void add(String name, byte type, long payload) {
    if (names.size() >= fieldsMax) {
      throw new WireFormatException(
          "the objects of a request may have at most %d fields".formatted(fieldsMax),
          WireFormatException.NOWHERE);
    }
    if (names.size() == types.length) {
      types = Arrays.copyOf(types, types.length * 2);
      payloads = Arrays.copyOf(payloads, payloads.length * 2);
    }
    types[names.size()] = type;
    payloads[names.size()] = payload;
    names.add(name);
  }

  int size() {
    return names.size();
  }

  String name(int field) {
    return names.get(field);
  }

  byte type(int field) {
    return types[field];
  }

  long payload(int field) {
    return payloads[field];
  }

  /** A field by its name, or −1. */
  int find(String name) {
    return names.indexOf(name);
  }

  /** A field's value as text. */
  String text(int field) {
    return switch (types[field]) {
      case ValueColumn.STRING ->
          new String(
              arena.array(),
              ByteArena.offset(payloads[field]),
              ByteArena.length(payloads[field]),
              StandardCharsets.UTF_8);
      case ValueColumn.BOOL -> payloads[field] != 0 ? "true" : "false";
      case ValueColumn.DOUBLE -> Double.toString(Double.longBitsToDouble(payloads[field]));
      default -> Long.toString(payloads[field]);
    };
  }
}
