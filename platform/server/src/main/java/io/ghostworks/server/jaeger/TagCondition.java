package io.ghostworks.server.jaeger;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.server.spans.PrintedText;
import io.ghostworks.wire.jaeger.json.JaegerNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one tag of a search asks of a span: that some attribute of the span, its resource, its
 * scope, its events or its links has the key and prints as the value, as Jaeger compares. A value
 * with {@code .*}, {@code .+} or an escaped sign is met by what it matches as a regular expression
 * too, as where Jaeger stands on Elasticsearch. Beyond Jaeger the end of the key says more: {@code
 * key!} the span has no such value, {@code key~} the value is a regular expression for the whole
 * text, {@code key!~} none matches it; in a search box these read {@code key!=value}, {@code
 * key~=value} and {@code key!~=value}.
 *
 * <p>Source: jaegertracing/jaeger internal/storage/v2/memory validSpan; internal/storage
 * elasticsearch, tag queries.
 */
record TagCondition(String key, boolean negated, Optional<String> text, Optional<Pattern> pattern) {

  private static final String RESOURCE = "resource.";
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
  private static final List<String> STATUS = List.of("UNSET", "OK", "ERROR");
  private static final int STATUS_ERROR = 2;
  private static final String PATTERN_SIGNS = "\\.+*?()[]{}|^$#@&<>~\"-";

  /**
   * @throws IllegalArgumentException if the value must be a regular expression and is none
   */
  static TagCondition of(String key, String value) {
    if (key.length() > 2 && key.endsWith("!~")) {
      return matching(key.substring(0, key.length() - 2), true, value);
    }
    if (key.length() > 1 && key.endsWith("~")) {
      return matching(key.substring(0, key.length() - 1), false, value);
    }
    boolean negated = key.length() > 1 && key.endsWith("!");
    return new TagCondition(
        negated ? key.substring(0, key.length() - 1) : key,
        negated,
        Optional.of(value),
        isPattern(value) ? lenient(value) : Optional.empty());
  }

  private static TagCondition matching(String key, boolean negated, String value) {
    try {
      return new TagCondition(key, negated, Optional.empty(), Optional.of(anchored(value)));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the value of tag '%s' must be a regular expression, got '%s': %s"
              .formatted(key, value, e.getMessage()),
          e);
    }
  }

  /** Whether a value has what no plain value has by chance. */
  private static boolean isPattern(String value) {
    if (value.contains(".*") || value.contains(".+")) {
      return true;
    }
    for (int at = value.indexOf('\\'); at >= 0; at = value.indexOf('\\', at + 2)) {
      if (at + 1 < value.length() && PATTERN_SIGNS.indexOf(value.charAt(at + 1)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Pattern> lenient(String value) {
    try {
      return Optional.of(anchored(value));
    } catch (PatternSyntaxException e) {
      return Optional.empty(); // Then it is only itself.
    }
  }

  private static Pattern anchored(String value) {
    Pattern unused = UserRegex.compile(value); // On its own first: a)(b is well formed in brackets.
    return UserRegex.compile("^(?s:" + unused.pattern() + ")$");
  }

  /** The spans that meet it, exactly. */
  Filter filter() {
    Filter positive =
        switch (key) {
          case JaegerNames.ERROR -> error();
          case JaegerNames.SPAN_KIND -> kind();
          case "span.status", JaegerNames.STATUS_CODE -> status();
          case JaegerNames.STATUS_DESCRIPTION -> or(attribute(), test(Field.STATUS_MESSAGE));
          case "scope.name", JaegerNames.SCOPE_NAME, "otel.library.name" ->
              or(attribute(), test(Field.INSTRUMENTATION_NAME));
          case "scope.version", JaegerNames.SCOPE_VERSION, "otel.library.version" ->
              or(attribute(), test(Field.INSTRUMENTATION_VERSION));
          case JaegerNames.TRACE_STATE -> or(attribute(), test(Field.TRACE_STATE));
          case JaegerNames.EVENT -> or(attribute(), test(Field.EVENT_SPAN_NAME));
          default -> plain();
        };
    return negated ? new Filter.Not(positive) : positive;
  }

  private Filter plain() {
    if (!key.startsWith(RESOURCE) || key.length() == RESOURCE.length()) {
      return attribute();
    }
    String ofResource = key.substring(RESOURCE.length());
    return or(attribute(), test(new Field(Field.Scope.RESOURCE, ofResource)));
  }

  /** {@code error=true} are spans that failed; {@code error=false} all others. */
  private Filter error() {
    Filter failed = equal(Field.STATUS_CODE, STATUS_ERROR);
    Filter marked = new TagCondition(key, false, Optional.of("true"), Optional.empty()).attribute();
    if (text.filter(TRUE::contains).isPresent()) {
      return or(failed, marked);
    }
    if (text.filter(FALSE::contains).isPresent()) {
      return new Filter.Not(or(failed, marked));
    }
    return matches("true") ? or(failed, attribute()) : attribute();
  }

  private Filter kind() {
    List<Filter> kinds = new ArrayList<>();
    kinds.add(attribute());
    for (int kind = 1; !JaegerNames.kind(kind).isEmpty(); kind++) {
      String word = JaegerNames.kind(kind);
      if (matches(word) || text.filter(word::equalsIgnoreCase).isPresent()) {
        kinds.add(equal(Field.KIND, kind));
      }
    }
    return new Filter.Or(kinds);
  }

  private Filter status() {
    List<Filter> codes = new ArrayList<>();
    codes.add(attribute());
    for (int code = 0; code < STATUS.size(); code++) {
      String word = STATUS.get(code);
      if (matches(word) || text.filter(word::equalsIgnoreCase).isPresent()) {
        codes.add(equal(Field.STATUS_CODE, code));
      }
    }
    return new Filter.Or(codes);
  }

  private boolean matches(String word) {
    return text.filter(word::equals).isPresent()
        || pattern.filter(regex -> regex.matches(word)).isPresent();
  }

  private Filter attribute() {
    List<Filter> scopes = new ArrayList<>();
    for (Field.Scope scope :
        List.of(
            Field.Scope.ATTRIBUTE,
            Field.Scope.RESOURCE,
            Field.Scope.INSTRUMENTATION,
            Field.Scope.EVENT,
            Field.Scope.LINK)) {
      scopes.add(test(new Field(scope, key)));
    }
    return new Filter.Or(scopes);
  }

  private Filter test(Field field) {
    List<Filter> ways = new ArrayList<>();
    text.ifPresent(value -> ways.add(PrintedText.equal(field, value)));
    pattern.ifPresent(regex -> ways.add(new Filter.Finds(field, regex)));
    return ways.size() == 1 ? ways.getFirst() : new Filter.Or(ways);
  }

  private static Filter or(Filter one, Filter other) {
    return new Filter.Or(List.of(one, other));
  }

  private static Filter equal(Field field, long number) {
    return new Filter.Compare(field, Filter.Operator.EQUAL, new Filter.Literal.Whole(number));
  }
}
