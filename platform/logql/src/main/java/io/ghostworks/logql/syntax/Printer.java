package io.ghostworks.logql.syntax;

import io.ghostworks.logql.quantity.ByteSizes;
import io.ghostworks.logql.quantity.GoDurations;
import io.ghostworks.logql.quantity.GoFloat;
import io.ghostworks.logql.quantity.GoText;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.template.GoNumbers;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the normal form of expressions on one line, as Loki's {@code String} methods do. */
final class Printer {
  private Printer() {}

  static String print(LogExpr expr) {
    String selector = selector(expr.matchers());
    return expr.stages().isEmpty() ? selector : selector + " " + join(expr.stages(), " ");
  }

  static String selector(List<LabelMatcher> matchers) {
    return "{" + join(matchers, ", ") + "}";
  }

  private static String join(List<?> parts, String separator) {
    return parts.stream().map(String::valueOf).collect(Collectors.joining(separator));
  }

  private static <T> String join(List<T> parts, Function<T, String> print) {
    return parts.stream().map(print).collect(Collectors.joining(","));
  }

  static String print(Stage stage) {
    return switch (stage) {
      case Stage.LineFilters filters -> join(filters.filters(), " ");
      case Stage.Json json -> "| json";
      case Stage.JsonExpressions json -> "| json " + extractions(json.extractions());
      case Stage.Logfmt logfmt -> "| logfmt" + flags(logfmt.strict(), logfmt.keepEmpty());
      case Stage.LogfmtExpressions logfmt ->
          "| logfmt"
              + flags(logfmt.strict(), logfmt.keepEmpty())
              + " "
              + extractions(logfmt.extractions());
      case Stage.Regexp regexp -> "| regexp " + GoText.quote(regexp.expression());
      case Stage.PatternParser pattern -> "| pattern " + GoText.quote(pattern.pattern());
      case Stage.Unpack unpack -> "| unpack";
      case Stage.LabelStage label -> "| " + label.filter();
      case Stage.LineFormat format -> "| line_format " + GoText.quote(format.template());
      case Stage.LabelFormats formats ->
          "| label_format "
              + join(
                  formats.formats(),
                  f -> f.label() + "=" + (f.rename() ? f.value() : GoText.quote(f.value())));
      case Stage.Decolorize decolorize -> "| decolorize";
      case Stage.Drop drop -> "| drop " + named(drop.labels());
      case Stage.Keep keep -> "| keep " + named(keep.labels());
    };
  }

  private static String flags(boolean strict, boolean keepEmpty) {
    return (strict ? " --strict" : "") + (keepEmpty ? " --keep-empty" : "");
  }

  private static String extractions(List<Stage.Extraction> extractions) {
    return join(extractions, e -> e.label() + "=" + GoText.quote(e.expression()));
  }

  private static String named(List<Stage.NamedMatcher> matchers) {
    return join(matchers, m -> m.matcher() == null ? m.label() : m.matcher().toString());
  }

  static String print(LineFilter filter) {
    return filter.alternatives().stream()
        .map(n -> n.ip() ? "ip(" + GoText.quote(n.text()) + ")" : GoText.quote(n.text()))
        .collect(Collectors.joining(" or ", filter.type().sign() + " ", ""));
  }

  static String print(LabelFilter filter) {
    return switch (filter) {
      case LabelFilter.Text text -> text(text.matcher());
      case LabelFilter.Numeric number ->
          number.label() + number.comparison().sign() + GoFloat.plain(number.value());
      case LabelFilter.Duration duration ->
          duration.label() + duration.comparison().sign() + GoDurations.format(duration.nanos());
      case LabelFilter.Bytes bytes ->
          bytes.label()
              + bytes.comparison().sign()
              + ByteSizes.format(bytes.bytes()).replace(" ", "");
      case LabelFilter.Ip ip ->
          "%s%sip(%s)".formatted(ip.label(), ip.negated() ? "!=" : "=", GoText.quote(ip.pattern()));
      case LabelFilter.And and -> "( %s , %s )".formatted(and.left(), and.right());
      case LabelFilter.Or or -> "( %s or %s )".formatted(or.left(), or.right());
    };
  }

  /** A regular expression that is more than literals stands in backquotes. */
  private static String text(LabelMatcher matcher) {
    if (matcher instanceof LabelMatcher.Matches matches) {
      String source = matches.regex().source();
      if (!SimpleRegex.isSimple(source) && source.indexOf('`') < 0) {
        return matches.label() + "=~`" + source + "`";
      }
    }
    return matcher.toString();
  }

  static String print(Unwrap unwrap) {
    StringBuilder out = new StringBuilder(" | unwrap ").append(converted(unwrap));
    unwrap.postFilters().forEach(filter -> out.append(" | ").append(filter));
    return out.toString();
  }

  static String converted(Unwrap unwrap) {
    return unwrap.conversion() == Unwrap.Conversion.NONE
        ? unwrap.label()
        : unwrap.conversion().word() + "(" + unwrap.label() + ")";
  }

  static String print(LogRange range) {
    String unwrap = range.unwrap() == null ? "" : range.unwrap().toString();
    String offset =
        range.offsetNanos() == 0 ? "" : " offset " + GoDurations.format(range.offsetNanos());
    return range.left()
        + unwrap
        + "["
        + GoDurations.formatPrometheus(range.intervalNanos())
        + "]"
        + offset;
  }

  static String print(MetricExpr.Grouping grouping) {
    return (grouping.without() ? " without (" : " by (")
        + String.join(",", grouping.labels())
        + ")";
  }

  static String print(MetricExpr expr) {
    return switch (expr) {
      case MetricExpr.Literal literal -> GoNumbers.shortest(literal.value());
      case MetricExpr.Vector vector -> "vector(" + GoNumbers.format(vector.value(), 'f', 6) + ")";
      case MetricExpr.RangeAggregation range -> {
        Double parameter = range.parameter();
        yield range.operation().word()
            + "("
            + (parameter == null ? "" : GoFloat.plain(parameter) + ",")
            + range.range()
            + ")"
            + (range.grouping() == null ? "" : range.grouping());
      }
      case MetricExpr.VectorAggregation vector -> {
        boolean single = vector.grouping().equals(MetricExpr.Grouping.NONE);
        yield vector.operation().word()
            + (single ? "" : vector.grouping())
            + "("
            + (vector.parameter() == 0 ? "" : vector.parameter() + ",")
            + vector.inner()
            + ")";
      }
      case MetricExpr.Binary binary ->
          "(%s %s %s)".formatted(binary.left(), operator(binary, ","), binary.right());
      case MetricExpr.LabelReplace replace ->
          "label_replace(%s,%s,%s,%s,%s)"
              .formatted(
                  replace.inner(),
                  GoText.quote(replace.destination()),
                  GoText.quote(replace.replacement()),
                  GoText.quote(replace.source()),
                  GoText.quote(replace.regex()));
    };
  }

  /** The sign with what is written behind it; as Loki's it may end with a blank. */
  static String operator(MetricExpr.Binary binary, String separator) {
    VectorMatching matching = binary.matching();
    String sign = binary.operator().sign() + (binary.returnBool() ? " bool" : "");
    boolean plain = matching.labels().isEmpty() && (!matching.on() || separator.equals(", "));
    if (plain) {
      return sign;
    }
    String group =
        switch (matching.cardinality()) {
          case ONE_TO_ONE -> "";
          case MANY_TO_ONE, ONE_TO_MANY -> {
            String include =
                matching.include().isEmpty()
                    ? ""
                    : " (" + String.join(separator, matching.include()) + ")";
            yield (matching.cardinality() == VectorMatching.Cardinality.MANY_TO_ONE
                    ? "group_left"
                    : "group_right")
                + include;
          }
        };
    return String.format(
        Locale.ROOT,
        "%s %s (%s) %s",
        sign,
        matching.on() ? "on" : "ignoring",
        String.join(separator, matching.labels()),
        group);
  }
}
