package io.ghostworks.logql;

import io.ghostworks.logql.syntax.LabelFilter;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a line must have in it so that a parsed label can be equal to a text. Where the only parser
 * before was {@code json}, the scalar that it makes the label of. Else the text itself, or where it
 * has signs that may be escaped the longest piece without them; any character may be written as a
 * number in JSON and in quoted logfmt values, so that lines with such an escape stay.
 */
final class ParsedNeedles {
  private static final int NEEDLE_BYTES_MIN = 3;
  private static final String CLASHING = "_extracted";
  private static final byte[] NUMBERED_ESCAPE = {'\\', 'u'};

  /** Escaped in JSON or logfmt, or a blank in place of what is no UTF-8. */
  private static final String UNSAFE = "\"\\/' \uFFFD";

  private final Predicate<String> mayBeMetadata;
  private int parsers;
  private boolean json;
  private boolean mayHaveError;

  ParsedNeedles(Predicate<String> mayBeMetadata) {
    this.mayBeMetadata = mayBeMetadata;
  }

  /** Takes the next stage of the pipeline into account. */
  void pass(Stage stage) {
    if (!(stage instanceof Stage.LineFilters || stage instanceof Stage.LabelStage)) {
      parsers++;
      json = stage instanceof Stage.Json;
    }
  }

  /** Whether labels behind a stage still are those of the record, or texts out of its line. */
  static boolean keepsTexts(Stage stage) {
    return switch (stage) {
      case Stage.LineFilters filters -> true;
      case Stage.LabelStage label -> true;
      case Stage.Json json -> true;
      case Stage.JsonExpressions json -> true;
      case Stage.Logfmt logfmt -> true;
      case Stage.LogfmtExpressions logfmt -> true;
      case Stage.Regexp regexp -> true;
      case Stage.PatternParser pattern -> true;
      case Stage.Drop drop -> true;
      case Stage.Keep keep -> true;
      case Stage.Unpack unpack -> false;
      case Stage.LineFormat format -> false;
      case Stage.LabelFormats formats -> false;
      case Stage.Decolorize decolorize -> false;
    };
  }

  /** What must hold for a filter, or null where nothing is known. */
  @Nullable Filter necessary(LabelFilter filter) {
    return switch (filter) {
      case LabelFilter.Text text -> equality(text.matcher());
      case LabelFilter.And and -> {
        Filter left = necessary(and.left());
        Filter right = necessary(and.right());
        yield left == null ? right : right == null ? left : new Filter.And(List.of(left, right));
      }
      case LabelFilter.Or or -> {
        Filter left = necessary(or.left());
        Filter right = necessary(or.right());
        yield left == null || right == null ? null : new Filter.Or(List.of(left, right));
      }
      case LabelFilter.Numeric numeric -> {
        Filter number = mayHaveError ? null : number(numeric);
        mayHaveError = true;
        yield number;
      }
      case LabelFilter.Duration duration -> unknown();
      case LabelFilter.Bytes bytes -> unknown();
      case LabelFilter.Ip ip -> unknown();
    };
  }

  /** Nothing is known of records behind such a filter, as one that has an error passes the next. */
  private @Nullable Filter unknown() {
    mayHaveError = true;
    return null;
  }

  private @Nullable Filter number(LabelFilter.Numeric numeric) {
    if (!isJsonLabel(numeric.label())) {
      return null;
    }
    Filter.Operator operator =
        switch (numeric.comparison()) {
          case EQUAL -> Filter.Operator.EQUAL;
          case NOT_EQUAL -> Filter.Operator.NOT_EQUAL;
          case GREATER -> Filter.Operator.GREATER;
          case GREATER_OR_EQUAL -> Filter.Operator.GREATER_OR_EQUAL;
          case LESS -> Filter.Operator.LESS;
          case LESS_OR_EQUAL -> Filter.Operator.LESS_OR_EQUAL;
        };
    return new Filter.Or(
        List.of(
            new Filter.Stream(List.of(new LabelMatcher.NotEqual(numeric.label(), ""))),
            new Filter.JsonLabel(
                numeric.label(), operator, new Filter.Literal.Real(numeric.value()))));
  }

  /** Whether a label can come from nowhere but the stream and the scalar of that name. */
  private boolean isJsonLabel(String label) {
    return json && parsers == 1 && !label.endsWith(CLASHING) && !mayBeMetadata.test(label);
  }

  private @Nullable Filter equality(LabelMatcher matcher) {
    if (!(matcher instanceof LabelMatcher.Equal equal) || equal.label().startsWith("__")) {
      return null;
    }
    Filter stream = new Filter.Stream(List.of(equal));
    if (!equal.value().isEmpty() && isJsonLabel(equal.label())) {
      return new Filter.Or(
          List.of(
              stream,
              new Filter.JsonLabel(
                  equal.label(), Filter.Operator.EQUAL, new Filter.Literal.Text(equal.value()))));
    }
    byte[] needle = longestSafePiece(equal.value()).getBytes(StandardCharsets.UTF_8);
    if (needle.length < NEEDLE_BYTES_MIN || mayBeMetadata.test(equal.label())) {
      return null;
    }
    return new Filter.Or(
        List.of(
            new Filter.Contains(Field.BODY, needle),
            new Filter.Contains(Field.BODY, NUMBERED_ESCAPE),
            stream));
  }

  static String longestSafePiece(String value) {
    String longest = "";
    int from = 0;
    for (int i = 0; i <= value.length(); i++) {
      if (i == value.length() || isUnsafe(value.charAt(i))) {
        if (i - from > longest.length()) {
          longest = value.substring(from, i);
        }
        from = i + 1;
      }
    }
    return longest;
  }

  private static boolean isUnsafe(char c) {
    return c < 0x20 || c == 0x7f || Character.isSurrogate(c) || UNSAFE.indexOf(c) >= 0;
  }
}
