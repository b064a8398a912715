package io.ghostworks.wire.jaeger.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.wire.number.DecimalText;
import java.io.IOException;

/**
 * Writes tags as {@code {key, type, value}}. A whole number beyond what JavaScript holds exactly is
 * a text.
 */
final class JsonTags implements ModelTags.Sink {

  private static final long SAFE_INTEGER_MAX = (1L << 53) - 1;

  private final JsonGenerator json;

  JsonTags(JsonGenerator json) {
    this.json = json;
  }

  @Override
  public void text(String key, String value) throws IOException {
    start(key, "string");
    json.writeStringField("value", value);
    json.writeEndObject();
  }

  @Override
  public void truth(String key, boolean value) throws IOException {
    start(key, "bool");
    json.writeBooleanField("value", value);
    json.writeEndObject();
  }

  @Override
  public void whole(String key, long value) throws IOException {
    start(key, "int64");
    if (value > SAFE_INTEGER_MAX || value < -SAFE_INTEGER_MAX) {
      json.writeStringField("value", Long.toString(value));
    } else {
      json.writeNumberField("value", value);
    }
    json.writeEndObject();
  }

  @Override
  public void real(String key, double value) throws IOException {
    start(key, "float64");
    json.writeFieldName("value");
    if (Double.isFinite(value)) {
      json.writeRawValue(DecimalText.json(value));
    } else {
      json.writeString(DecimalText.general(value));
    }
    json.writeEndObject();
  }

  @Override
  public void binary(String key, ByteArena arena, long slice) throws IOException {
    start(key, "binary");
    json.writeFieldName("value");
    json.writeBinary(arena.array(), ByteArena.offset(slice), ByteArena.length(slice));
    json.writeEndObject();
  }

  private void start(String key, String type) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", key);
    json.writeStringField("type", type);
  }
}
