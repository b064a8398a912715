package io.ghostworks.wire.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.ghostworks.wire.JsonMistake;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.proto.ProtoWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Turns OTLP's JSON encoding into its protobuf encoding, so that one decoder serves both. Unknown
 * fields are ignored, ids are hexadecimal, enums are numbers or their names, 64-bit integers are
 * strings or numbers.
 *
 * <p>Source: OTLP specification, "JSON Protobuf Encoding"; protobuf documentation, "ProtoJSON
 * Format".
 */
final class OtlpJson {
  private static final int TEXT_MAX = 64 << 20;
  private static final int DECIMAL_SCALE_MAX = 400;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(3 * ProtoReader.DEPTH_MAX)
                  .maxStringLength(TEXT_MAX)
                  .build())
          .build();
  private static final BigInteger UINT64_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private final JsonParser parser;
  private final ProtoWriter out;

  private OtlpJson(JsonParser parser, ProtoWriter out) {
    this.parser = parser;
    this.out = out;
  }

  /**
   * @throws WireFormatException if the text is not JSON, or a value is not of its field's type
   */
  static byte[] toProtobuf(OtlpSchema.Message message, byte[] json, int offset, int length) {
    ProtoWriter out = new ProtoWriter(length / 2);
    try (JsonParser parser = JSON.createParser(json, offset, length)) {
      OtlpJson reader = new OtlpJson(parser, out);
      parser.nextToken();
      reader.message(message, 0);
      if (parser.nextToken() != null) {
        throw reader.malformed("more than one value");
      }
      return out.toByteArray();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new WireFormatException(
          "malformed JSON: " + JsonMistake.text(e),
          e.getLocation() == null ? WireFormatException.NOWHERE : e.getLocation().getByteOffset());
    } catch (IOException e) {
      throw new WireFormatException("malformed JSON: " + e.getMessage(), e);
    }
  }

  private void message(OtlpSchema.Message message, int depth) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw malformed("expected an object for " + message.name());
    }
    if (depth > ProtoReader.DEPTH_MAX) {
      throw malformed("messages are nested more than %d deep".formatted(ProtoReader.DEPTH_MAX));
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      OtlpSchema.Field field = message.find(parser.currentName()).orElse(null);
      JsonToken token = parser.nextToken();
      if (field == null) {
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        fieldValue(field, token, depth);
      }
    }
  }

  private void fieldValue(OtlpSchema.Field field, JsonToken token, int depth) throws IOException {
    if (!field.repeated()) {
      value(field, depth);
    } else if (token == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        value(field, depth);
      }
    } else {
      throw malformed("%s must be a list".formatted(field.name()));
    }
  }

  private void value(OtlpSchema.Field field, int depth) throws IOException {
    int number = field.number();
    switch (field.kind()) {
      case MESSAGE -> {
        int start = out.begin(number);
        message(java.util.Objects.requireNonNull(field.message()), depth + 1);
        out.end(start);
      }
      case STRING -> bytes(field, text(field).getBytes(StandardCharsets.UTF_8));
      case BYTES -> bytes(field, base64(field));
      case ID -> bytes(field, hex(field));
      case BOOL -> {
        if (!parser.currentToken().isBoolean()) {
          throw malformed("%s must be true or false".formatted(field.name()));
        }
        integer(field, parser.getBooleanValue() ? 1 : 0);
      }
      case INT32, INT64, UINT64 -> integer(field, wholeNumber(field));
      case ENUM -> integer(field, constant(field));
      case SINT32 -> out.sint32(number, Math.toIntExact(wholeNumber(field)));
      case FIXED32 -> out.fixed32(number, (int) wholeNumber(field));
      case FIXED64, SFIXED64 -> {
        long value = wholeNumber(field);
        if (value != 0 || field.present()) {
          out.fixed64Always(number, value);
        }
      }
      case DOUBLE -> {
        double value = decimal(field);
        if (Double.doubleToRawLongBits(value) != 0 || field.present()) {
          out.float64Always(number, value);
        }
      }
    }
  }

  private void integer(OtlpSchema.Field field, long value) {
    if (value != 0 || field.present()) {
      out.uintAlways(field.number(), value);
    }
  }

  private void bytes(OtlpSchema.Field field, byte[] value) {
    if (value.length > 0 || field.present()) {
      out.bytesAlways(field.number(), value, 0, value.length);
    }
  }

  /** The text of a string; half of a surrogate pair becomes the replacement character. */
  private String text(OtlpSchema.Field field) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw malformed("%s must be a string".formatted(field.name()));
    }
    String text = parser.getText();
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaceLoneSurrogates(text);
      }
    }
    return text;
  }

  private static String replaceLoneSurrogates(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c ->
            out.appendCodePoint(
                c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c));
    return out.toString();
  }

  private byte[] base64(OtlpSchema.Field field) throws IOException {
    String text = text(field).replace('-', '+').replace('_', '/');
    try {
      return java.util.Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw malformed("%s is not base64".formatted(field.name()));
    }
  }

  private byte[] hex(OtlpSchema.Field field) throws IOException {
    String text = text(field);
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw malformed("%s is not hexadecimal".formatted(field.name()));
    }
  }

  private long constant(OtlpSchema.Field field) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      int at = field.constants().indexOf(parser.getText());
      if (at >= 0) {
        return at;
      }
    }
    return wholeNumber(field);
  }

  private long wholeNumber(OtlpSchema.Field field) throws IOException {
    BigInteger value;
    switch (parser.currentToken()) {
      case VALUE_NUMBER_INT -> {
        if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
          return inRange(field, parser.getLongValue());
        }
        value = parser.getBigIntegerValue();
      }
      case VALUE_NUMBER_FLOAT, VALUE_STRING -> value = wholeNumber(field, parser.getText());
      default -> throw malformed("%s must be a whole number".formatted(field.name()));
    }
    boolean unsigned =
        field.kind() == OtlpSchema.Kind.FIXED64 || field.kind() == OtlpSchema.Kind.UINT64;
    if (unsigned && value.signum() >= 0 && value.compareTo(UINT64_MAX) <= 0) {
      return value.longValue();
    }
    if (value.bitLength() > 63) {
      throw malformed("%s is out of range".formatted(field.name()));
    }
    return inRange(field, value.longValue());
  }

  private BigInteger wholeNumber(OtlpSchema.Field field, String text) {
    try {
      if (text.length() > 1000) {
        throw new NumberFormatException("too long");
      }
      BigDecimal decimal = new BigDecimal(text);
      if (Math.abs((long) decimal.scale()) > DECIMAL_SCALE_MAX) {
        throw new NumberFormatException("out of range");
      }
      return decimal.toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw malformed("%s must be a whole number".formatted(field.name()));
    }
  }

  private long inRange(OtlpSchema.Field field, long value) {
    boolean fits =
        switch (field.kind()) {
          case INT32, FIXED32 -> value >= 0 && value <= 0xffffffffL;
          case SINT32, ENUM -> value == (int) value;
          case FIXED64, UINT64 -> value >= 0;
          case MESSAGE, STRING, BYTES, ID, BOOL, INT64, SFIXED64, DOUBLE -> true;
        };
    if (!fits) {
      throw malformed("%s is out of range".formatted(field.name()));
    }
    return value;
  }

  private double decimal(OtlpSchema.Field field) throws IOException {
    if (parser.currentToken().isNumeric()) {
      return parser.getDoubleValue();
    }
    String text = text(field);
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> {
        byte[] digits = text.getBytes(StandardCharsets.UTF_8);
        try {
          yield io.ghostworks.wire.number.DecimalReader.parse(digits, 0, digits.length);
        } catch (NumberFormatException e) {
          throw malformed("%s must be a number".formatted(field.name()));
        }
      }
    };
  }

  private WireFormatException malformed(String message) {
    return new WireFormatException(
        "malformed OTLP JSON: " + message, parser.currentTokenLocation().getByteOffset());
  }
}
