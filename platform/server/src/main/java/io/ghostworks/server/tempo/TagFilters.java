package io.ghostworks.server.tempo;

import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.server.http.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The condition of one tag. Beside attributes there are the tags that Tempo derives: {@code name},
 * {@code status.code} (unset, ok, error), {@code error} (true for spans with status error), {@code
 * service.name}.
 */
final class TagFilters {

  private static final Map<String, Long> STATUS = Map.of("unset", 0L, "ok", 1L, "error", 2L);
  private static final Map<String, Long> KINDS =
      Map.of(
          "unspecified",
          0L,
          "internal",
          1L,
          "server",
          2L,
          "client",
          3L,
          "producer",
          4L,
          "consumer",
          5L);

  private TagFilters() {}

  static Filter of(String tag, String value) {
    return switch (tag) {
      case "name" -> text(Field.NAME, value);
      case "service.name" -> text(Field.SERVICE_NAME, value);
      case "status.code", "status" -> number(Field.STATUS_CODE, STATUS, tag, value);
      case "kind", "span.kind" -> new Filter.Or(List.of(kind(value), attribute(tag, value)));
      case "error" ->
          value.equals("true")
              ? new Filter.Or(
                  List.of(number(Field.STATUS_CODE, STATUS, tag, "error"), attribute(tag, value)))
              : attribute(tag, value);
      default -> attribute(tag, value);
    };
  }

  private static Filter kind(String value) {
    Long kind = KINDS.get(value.toLowerCase(Locale.ROOT));
    return kind == null
        ? new Filter.Or(List.of())
        : equal(Field.KIND, new Filter.Literal.Whole(kind));
  }

  private static Filter number(Field field, Map<String, Long> words, String tag, String value) {
    Long number = words.get(value.toLowerCase(Locale.ROOT));
    if (number == null) {
      throw RequestException.bad(
          "invalid tags: %s must be one of %s, got '%s'"
              .formatted(tag, words.keySet().stream().sorted().toList(), value));
    }
    return equal(field, new Filter.Literal.Whole(number));
  }

  /** A tag's value has no type: it meets attributes of every type that print so. */
  private static Filter attribute(String tag, String value) {
    Field field = new Field(Field.Scope.ATTRIBUTE_OR_RESOURCE, tag);
    List<Filter> types = new ArrayList<>();
    types.add(text(field, value));
    try {
      types.add(equal(field, new Filter.Literal.Whole(Long.parseLong(value))));
    } catch (NumberFormatException e) {
      try {
        types.add(equal(field, new Filter.Literal.Real(Double.parseDouble(value))));
      } catch (NumberFormatException notANumber) {
        if (value.equals("true") || value.equals("false")) {
          types.add(equal(field, new Filter.Literal.Bool(value.equals("true"))));
        }
      }
    }
    return new Filter.Or(types);
  }

  private static Filter text(Field field, String value) {
    return equal(field, new Filter.Literal.Text(value));
  }

  private static Filter equal(Field field, Filter.Literal literal) {
    return new Filter.Compare(field, Filter.Operator.EQUAL, literal);
  }
}
