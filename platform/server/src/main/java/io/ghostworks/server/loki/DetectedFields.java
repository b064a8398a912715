package io.ghostworks.server.loki;

import io.ghostworks.logql.LogEntry;
import io.ghostworks.logql.quantity.ByteSizes;
import io.ghostworks.model.label.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects the fields of lines: structured metadata, what a query parsed, what the lines say. */
final class DetectedFields {

  private static final Set<String> ERRORS =
      Set.of("__error__", "__error_details__", "__preserve_error__");
  private static final Set<String> SIZE_UNITS =
      Set.of("b", "i", "k", "m", "g", "t", "p", "e"); // a size ends with one of these

  private final int limit;
  private final Map<String, Field> fields = new TreeMap<>();

  /**
   * @param limit how many fields are collected; further ones are passed over
   */
  DetectedFields(int limit) {
    this.limit = limit;
  }

  /** A field and its distinct values. */
  static final class Field {
    private final Set<String> values = new HashSet<>();
    private final Set<String> parsers = new TreeSet<>();
    private List<String> path = List.of();
    private String type = "string";

    int cardinality() {
      return values.size();
    }

    String type() {
      return type;
    }

    Set<String> parsers() {
      return parsers;
    }

    List<String> path() {
      return path;
    }
  }

  /** Adds the fields of a line. */
  void add(Labels stream, LogEntry entry) {
    entry.structuredMetadata().forEach((name, value) -> add(name, value, "", List.of()));
    LineFields line = LineFields.of(entry.line(), stream);
    entry
        .parsed()
        .forEach((name, value) -> {
          if (!ERRORS.contains(name)) {
            add(name, value, line.parser(), List.of());
          }
        });
    line.values()
        .forEach((name, value) ->
            add(name, value, line.parser(), line.paths().getOrDefault(name, List.of())));
  }

  private void add(String name, String value, String parser, List<String> path) {
    Field field = fields.get(name);
    if (field == null) {
      if (fields.size() >= limit) {
        return;
      }
      field = new Field();
      fields.put(name, field);
    }
    field.values.add(value);
    field.type = FieldType.of(value);
    if (!parser.isEmpty()) {
      field.parsers.add(parser);
      field.path = path.isEmpty() ? field.path : path;
    }
  }

  /** The fields by name. */
  Map<String, Field> fields() {
    return fields;
  }

  /** The values of one field; sizes as a query takes them. */
  static Set<String> values(String name, Labels stream, LogEntry entry) {
    Set<String> values = new TreeSet<>();
    String metadata = entry.structuredMetadata().find(name);
    if (metadata != null) {
      values.add(metadata);
    }
    String parsed = entry.parsed().find(name);
    if (parsed != null) {
      values.add(query(parsed));
    }
    String own = LineFields.of(entry.line(), stream).values().get(name);
    if (own != null) {
      values.add(query(own));
    }
    return values;
  }

  private static String query(String value) {
    String last =
        value.isEmpty() ? "" : value.substring(value.length() - 1).toLowerCase(Locale.ROOT);
    return SIZE_UNITS.contains(last) && FieldType.isSize(value)
        ? ByteSizes.format(ByteSizes.parse(value)).replace(" ", "")
        : value;
  }
}
