package io.ghostworks.logql.pipeline;

import java.util.List;

/** {@code | json name="path"}: the values at the paths, and no others; "" where there is none. */
final class JsonExpressionStage implements PipelineStage {
  private final List<String> names;
  private final List<JsonPath> paths;

  JsonExpressionStage(List<String> names, List<JsonPath> paths) {
    this.names = List.copyOf(names);
    this.paths = List.copyOf(paths);
  }

  @Override
  public boolean process(Line line, LineLabels labels) {
    if (line.isEmpty() || labels.hints().wantsNothing()) {
      return true;
    }
    byte first = line.bytes()[line.from()];
    if (first != '{' && first != '[' && first != '"') {
      labels.parserError("JSONParserErr", "");
      return true;
    }
    JsonCursor json = new JsonCursor(line.bytes(), line.to());
    boolean all = true;
    for (int i = 0; i < names.size(); i++) {
      int at = find(json, line.from(), paths.get(i));
      if (at >= 0) {
        all &= value(json, at, names.get(i), paths.get(i), labels);
      } else {
        all = false;
      }
    }
    for (int i = 0; i < names.size() && !all; i++) {
      if (labels.find(names.get(i)) == null) {
        labels.set(names.get(i), "");
      }
    }
    return true;
  }

  /** A fault on the way to a value is as if it were not there. */
  private static int find(JsonCursor json, int from, JsonPath path) {
    try {
      return path.find(json, from);
    } catch (JsonException e) {
      return -1;
    }
  }

  /** Whether there is a value; a fault in it is an error where it is a field, none in an array. */
  private static boolean value(
      JsonCursor json, int at, String name, JsonPath path, LineLabels labels) {
    try {
      json.value(at);
      String unique = labels.unique(name);
      if (json.type() == JsonCursor.Type.ARRAY) {
        labels.set(unique, unescaped(json));
      } else {
        labels.set(unique, json.valueText());
      }
      return true;
    } catch (JsonException e) {
      if (!path.endsInArray()) {
        labels.parserError("JSONParserErr", e.getMessage());
      }
      return false;
    }
  }

  /** Escapes within an array are resolved as if it were one text. */
  private static String unescaped(JsonCursor json) {
    try {
      return json.unescaped(json.valueFrom(), json.valueTo()).replace('\uFFFD', ' ');
    } catch (JsonException e) {
      return "";
    }
  }
}
