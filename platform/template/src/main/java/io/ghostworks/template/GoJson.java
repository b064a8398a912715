package io.ghostworks.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as Go reads and writes it ({@code encoding/json}) where the type is {@code any}. */
public final class GoJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private GoJson() {}

  /** The value of a text, every number a float64; nil where it is no JSON. */
  public static @Nullable Object parse(String text) {
    try {
      return value(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /**
   * A value as JSON: a {@code Map} with its keys in order, a {@link
   * NotificationFunctions.JsonObject} with its fields as they stand.
   *
   * @throws TemplateException if it holds what JSON does not know, such as NaN
   */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    new GoJsonWriter(text -> out.append(text)).write(value);
    return out.toString();
  }

  private static @Nullable Object value(@Nullable JsonNode node) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node.isObject()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
      return new AnyMap(fields);
    }
    if (node.isArray()) {
      List<@Nullable Object> elements = new ArrayList<>();
      node.forEach(element -> elements.add(value(element)));
      return elements;
    }
    return node.isNumber()
        ? (Object) node.doubleValue()
        : node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
  }
}
