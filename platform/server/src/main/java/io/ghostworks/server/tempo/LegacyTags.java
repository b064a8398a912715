package io.ghostworks.server.tempo;

import com.google.re2j.Pattern;
import io.ghostworks.server.http.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Searches of the time before TraceQL as TraceQL: each tag is met by some span of the trace, names
 * contain what is asked for, other attributes equal it whatever their type, and the trace is as
 * long as wanted.
 */
final class LegacyTags {

  private static final java.util.regex.Pattern NUMBER =
      java.util.regex.Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");

  private LegacyTags() {}

  /**
   * The query of a search.
   *
   * @param minMs of the whole trace; 0 for any
   * @param maxMs of the whole trace; 0 for any
   */
  static String query(Map<String, String> tags, long minMs, long maxMs) {
    List<String> lengths = new ArrayList<>();
    if (minMs > 0) {
      lengths.add("traceDuration >= %dms".formatted(minMs));
    }
    if (maxMs > 0) {
      lengths.add("traceDuration <= %dms".formatted(maxMs));
    }
    String ofLength = String.join(" && ", lengths);
    if (tags.isEmpty()) {
      return "{ " + ofLength + " }";
    }
    return String.join(
        " && ",
        tags.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(tag -> condition(tag.getKey(), tag.getValue()))
            .map(condition -> ofLength.isEmpty() ? condition : condition + " && " + ofLength)
            .map(conditions -> "{ " + conditions + " }")
            .toList());
  }

  private static String condition(String tag, String value) {
    return switch (tag) {
      case "name" -> contains("name", value);
      case "service.name" -> contains("resource.service.name", value);
      case "root.service.name" -> contains("rootServiceName", value);
      case "root.name" -> contains("rootName", value);
      case "status.code" -> "status = " + status(value);
      case "error" ->
          value.equals("true") ? "(status = error || .error = true)" : equal(tag, value);
      default -> equal(tag, value);
    };
  }

  private static String status(String value) {
    return switch (value) {
      case "unset", "ok", "error" -> value;
      default ->
          throw RequestException.bad(
              "invalid tags: status.code must be one of error, ok, unset, got "
                  + GoNumbers.quoted(value));
    };
  }

  private static String contains(String field, String value) {
    return "%s =~ %s".formatted(field, quoted("(?s).*" + Pattern.quote(value) + ".*"));
  }

  /** Tags have no types: a value that reads as a number or truth value may be one. */
  private static String equal(String tag, String value) {
    String field = "." + quoted(tag);
    List<String> either = new ArrayList<>(List.of("%s = %s".formatted(field, quoted(value))));
    Matcher number = NUMBER.matcher(value);
    if (number.matches() || value.equals("true") || value.equals("false")) {
      either.add("%s = %s".formatted(field, value));
    }
    return "(" + String.join(" || ", either) + ")";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\n' -> quoted.append("\\n");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
