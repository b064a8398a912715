package io.ghostworks.wire.jaeger.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ghostworks.wire.WireFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the values that spans and processes have in common, of the UI's form and the storage's. */
final class JaegerFields {

  private final JsonParser parser;
  private final int tagsMax;
  private int tags;

  /**
   * @param tagsMax of a whole document
   */
  JaegerFields(JsonParser parser, int tagsMax) {
    this.parser = parser;
    this.tagsMax = tagsMax;
  }

  /** The parser is at the value. */
  JaegerSpan.Maker process() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return JaegerSpan.Maker.NONE;
    }
    String service = "";
    List<JaegerTag> found = List.of();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "serviceName" -> service = text();
        case "tags" -> found = tags();
        default -> parser.skipChildren();
      }
    }
    return new JaegerSpan.Maker(service, found);
  }

  /** The parser is at the list, or at null. */
  List<JaegerTag> tags() throws IOException {
    List<JaegerTag> found = new ArrayList<>();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return found;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw malformed("a tag must be an object");
      }
      if (++tags > tagsMax) {
        throw malformed("a document may have at most %d tags".formatted(tagsMax));
      }
      found.add(tag());
    }
    return found;
  }

  private JaegerTag tag() throws IOException {
    String key = "";
    String type = "";
    Object value = "";
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "key" -> key = text();
        case "type", "vType" -> type = text().toLowerCase(Locale.ROOT);
        case "value", "vStr", "vBool", "vInt64", "vFloat64", "vBinary" -> {
          value = scalar();
          type = type.isEmpty() ? typeOf(name) : type;
        }
        default -> parser.skipChildren();
      }
    }
    return new JaegerTag(key, typed(key, type, value));
  }

  private static String typeOf(String name) {
    return switch (name) {
      case "vInt64" -> "int64";
      case "vFloat64" -> "float64";
      case "vBinary" -> "binary";
      default -> "";
    };
  }

  /** A text, truth or number; what is written of lists and maps is not read. */
  private Object scalar() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> whole();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_STRING -> parser.getText();
      default -> {
        parser.skipChildren();
        yield "";
      }
    };
  }

  private Object whole() throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? (Object) parser.getDoubleValue()
        : parser.getLongValue();
  }

  private Object typed(String key, String type, Object value) {
    try {
      return switch (type) {
        case "bool" -> value instanceof String text ? Boolean.parseBoolean(text) : value;
        case "int64" -> value instanceof String text ? numberOf(text) : value;
        case "float64" ->
            switch (value) {
              case Long number -> number.doubleValue();
              case String text -> doubleOf(text);
              default -> value;
            };
        case "binary" -> value instanceof String text ? Base64.getDecoder().decode(text) : value;
        case "string" -> value instanceof String ? value : value.toString();
        default -> value;
      };
    } catch (IllegalArgumentException e) {
      throw new WireFormatException(
          "the tag '%s' has no value of type %s: %s".formatted(key, type, e.getMessage()), e);
    }
  }

  private static Long numberOf(String text) {
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private static Double doubleOf(String text) {
    return switch (text) {
      case "" -> 0.0;
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** The parser is at a list of texts, or at null. */
  List<String> texts() throws IOException {
    List<String> found = new ArrayList<>();
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        found.add(text());
      }
    } else {
      parser.skipChildren();
    }
    return found;
  }

  /** The text at the parser; of what is no scalar "". */
  String text() throws IOException {
    @Nullable String text = parser.getValueAsString();
    if (text == null) {
      parser.skipChildren();
      return "";
    }
    return text;
  }

  WireFormatException malformed(String message) {
    return new WireFormatException(message, parser.currentTokenLocation().getByteOffset());
  }
}
