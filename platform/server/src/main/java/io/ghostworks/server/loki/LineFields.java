package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ghostworks.model.label.Labels;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields that a line has as JSON, else as logfmt, by the names that LogQL's parsers give them:
 * nested names joined by an underscore, a name that a stream label has with {@code _extracted}.
 *
 * @param parser {@code json} or {@code logfmt}
 * @param values by name
 * @param paths of the fields of JSON, by name
 */
record LineFields(String parser, Map<String, String> values, Map<String, List<String>> paths) {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final int FIELDS_MAX = 1000;

  static LineFields of(String line, Labels stream) {
    return json(line, stream).orElseGet(() -> logfmt(line, stream));
  }

  private static Optional<LineFields> json(String line, Labels stream) {
    if (!line.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    LineFields fields = new LineFields("json", new LinkedHashMap<>(), new LinkedHashMap<>());
    Deque<String> path = new ArrayDeque<>();
    try (JsonParser parser = FACTORY.createParser(line)) {
      JsonToken token = parser.nextToken();
      while (token != null) {
        switch (token) {
          case START_ARRAY -> {
            parser.skipChildren();
            path.removeLast();
          }
          case FIELD_NAME -> path.addLast(parser.currentName());
          case END_OBJECT -> path.pollLast();
          case START_OBJECT -> {}
          default -> {
            if (token.isScalarValue()) {
              if (token != JsonToken.VALUE_NULL) {
                fields.add(String.join("_", path), parser.getText(), path, stream);
              }
              path.removeLast();
            }
          }
        }
        token = parser.nextToken();
      }
      return Optional.of(fields);
    } catch (IOException e) {
      return Optional.empty(); // no JSON: it may be logfmt
    }
  }

  private void add(String name, String value, Iterable<String> path, Labels stream) {
    String label = label(name);
    if (value.isEmpty() || label.isEmpty() || values.size() >= FIELDS_MAX) {
      return;
    }
    String own = stream.has(label) ? label + "_extracted" : label;
    if (values.putIfAbsent(own, value) == null && parser.equals("json")) {
      List<String> steps = new ArrayList<>();
      path.forEach(steps::add);
      paths.put(own, steps);
    }
  }

  private static String label(String name) {
    StringBuilder label = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (i == 0 && digit) {
        label.append('_');
      }
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      label.append(letter || digit ? c : '_');
    }
    return label.toString();
  }

  private static LineFields logfmt(String line, Labels stream) {
    LineFields fields = new LineFields("logfmt", new LinkedHashMap<>(), Map.of());
    int at = 0;
    while (at < line.length()) {
      int start = at;
      while (at < line.length() && line.charAt(at) > ' ' && line.charAt(at) != '=') {
        at++;
      }
      String key = line.substring(start, at);
      if (at < line.length() && line.charAt(at) == '=') {
        at++;
        int end = valueEnd(line, at);
        fields.add(key, unquoted(line.substring(at, end)), List.of(), stream);
        at = end;
      } else {
        at++;
      }
    }
    return fields;
  }

  private static int valueEnd(String line, int from) {
    int at = from;
    if (at < line.length() && line.charAt(at) == '"') {
      at++;
      while (at < line.length() && line.charAt(at) != '"') {
        at += line.charAt(at) == '\\' ? 2 : 1;
      }
      return Math.min(line.length(), at + 1);
    }
    while (at < line.length() && line.charAt(at) > ' ') {
      at++;
    }
    return at;
  }

  private static String unquoted(String value) {
    if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
      return value;
    }
    try (JsonParser parser = FACTORY.createParser(value)) {
      return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : value;
    } catch (IOException e) {
      return value; // an escape that JSON does not have stays as it is written
    }
  }
}
