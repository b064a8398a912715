package io.ghostworks.alertmanager.notify;

import io.ghostworks.template.NotificationFunctions.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object with fields in a fixed order, as a Go struct is written. Not thread-safe. */
public final class JsonStruct implements JsonObject {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  /** Adds a field. */
  public JsonStruct put(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /** Adds all fields of another object. */
  public JsonStruct putAll(JsonObject other) {
    fields.putAll(other.jsonFields());
    return this;
  }

  /** Adds a field unless it is null, "", 0, false or has no elements (Go's {@code omitempty}). */
  public JsonStruct putUnlessEmpty(String name, @Nullable Object value) {
    boolean empty =
        switch (value) {
          case null -> true;
          case String text -> text.isEmpty();
          case Boolean bool -> !bool;
          case Number number -> number.doubleValue() == 0;
          case Collection<?> elements -> elements.isEmpty();
          case Map<?, ?> entries -> entries.isEmpty();
          default -> false;
        };
    return empty ? this : put(name, value);
  }

  @Override
  public Map<String, @Nullable Object> jsonFields() {
    return fields;
  }

  @Override
  public String typeName() {
    return "struct";
  }

  @Override
  public @Nullable Member member(String name) {
    return fields.containsKey(name) ? Member.of(fields.get(name)) : null;
  }

  @Override
  public String print() {
    return fields.toString();
  }
}
