package io.ghostworks.wire.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.wire.proto.ProtoReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Prints protobuf messages as JSON, as our own encoders write them: the values of a repeated field
 * stand together.
 */
final class OtlpJsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private final Style style;
  private final JsonGenerator out;

  /** The two forms in which OTLP's messages are met as JSON. */
  enum Style {
    /** OTLP's own: ids in hexadecimal, enums as numbers. */
    OTLP,
    /** Protobuf's, as Tempo answers: ids in base64, enums by name. */
    PROTOBUF,
    /** The same, with {@code batches} of resources, as Tempo's first version has them. */
    TEMPO
  }

  private OtlpJsonText(Style style, JsonGenerator out) {
    this.style = style;
    this.out = out;
  }

  static byte[] print(OtlpSchema.Message message, Style style, byte[] bytes, int length) {
    ByteArrayOutputStream sink = new ByteArrayOutputStream(length * 2);
    try (JsonGenerator out = JSON.createGenerator(sink)) {
      new OtlpJsonText(style, out).message(message, new ProtoReader(bytes, 0, length));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Writing to memory does not fail.
    }
    return sink.toByteArray();
  }

  private void message(OtlpSchema.Message message, ProtoReader reader) throws IOException {
    out.writeStartObject();
    int open = 0;
    Set<Integer> missing = new TreeSet<>(message.listed());
    while (reader.next()) {
      missing.remove(reader.field());
      OtlpSchema.Field field = message.find(reader.field()).orElse(null);
      if (open != 0 && open != reader.field()) {
        end(message, open);
        open = 0;
      }
      if (field == null) {
        reader.skip();
        continue;
      }
      if (open == 0) {
        out.writeFieldName(name(field));
        if (field.repeated()) {
          begin(field);
          open = field.number();
        }
      }
      if (field.repeated() && isPacked(field, reader)) {
        int outer = reader.enter();
        while (reader.position() < reader.limit()) {
          value(field, reader);
        }
        reader.leave(outer);
      } else {
        value(field, reader);
      }
    }
    if (open != 0) {
      end(message, open);
    }
    for (int field : missing) {
      out.writeArrayFieldStart(message.find(field).orElseThrow().name());
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  private void begin(OtlpSchema.Field field) throws IOException {
    if (field.map()) {
      out.writeStartObject();
    } else {
      out.writeStartArray();
    }
  }

  private void end(OtlpSchema.Message message, int repeated) throws IOException {
    if (message.find(repeated).orElseThrow().map()) {
      out.writeEndObject();
    } else {
      out.writeEndArray();
    }
  }

  /** An entry of a map, whose key comes first. */
  private void entry(OtlpSchema.Message message, ProtoReader reader) throws IOException {
    String key = "";
    while (reader.next()) {
      if (reader.field() == 1) {
        int length = reader.length();
        key = new String(reader.bytes(), reader.position(), length, StandardCharsets.UTF_8);
        reader.skipBytes(length);
      } else {
        out.writeFieldName(key);
        value(message.find(reader.field()).orElseThrow(), reader);
      }
    }
  }

  private static boolean isPacked(OtlpSchema.Field field, ProtoReader reader) {
    boolean delimited =
        switch (field.kind()) {
          case MESSAGE, STRING, BYTES, ID -> true;
          case BOOL, INT32, SINT32, INT64, UINT64, FIXED32, FIXED64, SFIXED64, DOUBLE, ENUM ->
              false;
        };
    return !delimited && (reader.tag() & 7) == ProtoReader.BYTES;
  }

  private String name(OtlpSchema.Field field) {
    return style == Style.TEMPO && field.name().equals("resourceSpans") ? "batches" : field.name();
  }

  private void value(OtlpSchema.Field field, ProtoReader reader) throws IOException {
    switch (field.kind()) {
      case MESSAGE -> {
        int outer = reader.enter();
        if (field.map()) {
          entry(Objects.requireNonNull(field.message()), reader);
        } else {
          message(Objects.requireNonNull(field.message()), reader);
        }
        reader.leave(outer);
      }
      case STRING -> {
        int length = reader.length();
        out.writeUTF8String(reader.bytes(), reader.position(), length);
        reader.skipBytes(length);
      }
      case BYTES -> out.writeString(Base64.getEncoder().encodeToString(bytes(reader)));
      case ID -> {
        byte[] id = bytes(reader);
        out.writeString(
            style == Style.OTLP
                ? HexFormat.of().formatHex(id)
                : Base64.getEncoder().encodeToString(id));
      }
      case BOOL -> out.writeBoolean(reader.varint() != 0);
      case INT32 -> out.writeNumber(reader.varint() & 0xffffffffL);
      case SINT32 -> out.writeNumber(reader.sint32());
      case INT64 -> out.writeString(Long.toString(reader.varint()));
      case UINT64 -> out.writeString(Long.toUnsignedString(reader.varint()));
      case FIXED32 -> out.writeNumber(reader.fixed32() & 0xffffffffL);
      case FIXED64 -> out.writeString(Long.toUnsignedString(reader.fixed64()));
      case SFIXED64 -> out.writeString(Long.toString(reader.fixed64()));
      case DOUBLE -> decimal(reader.float64());
      case ENUM -> constant(field.constants(), (int) reader.varint());
    }
  }

  private static byte[] bytes(ProtoReader reader) {
    int length = reader.length();
    int at = reader.position();
    reader.skipBytes(length);
    return java.util.Arrays.copyOfRange(reader.bytes(), at, at + length);
  }

  private void decimal(double value) throws IOException {
    if (Double.isFinite(value)) {
      out.writeRawValue(io.ghostworks.wire.number.DecimalText.json(value));
    } else {
      out.writeString(Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }
  }

  private void constant(List<String> names, int number) throws IOException {
    if (style != Style.OTLP && number >= 0 && number < names.size()) {
      out.writeString(names.get(number));
    } else {
      out.writeNumber(number);
    }
  }
}
