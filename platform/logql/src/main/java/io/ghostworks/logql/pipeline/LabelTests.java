package io.ghostworks.logql.pipeline;

import com.google.re2j.Pattern;
import io.ghostworks.logql.quantity.ByteSizes;
import io.ghostworks.logql.quantity.GoDurations;
import io.ghostworks.logql.quantity.GoFloat;
import io.ghostworks.logql.quantity.QuantityException;
import io.ghostworks.logql.syntax.LabelFilter;
import io.ghostworks.logql.syntax.SimpleRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.UserRegex;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Compiles label filters. */
final class LabelTests {
  private LabelTests() {}

  static LabelTest compile(LabelFilter filter) {
    return switch (filter) {
      case LabelFilter.Text text -> text(text.matcher());
      case LabelFilter.Numeric numeric ->
          quantity(
              numeric.label(),
              value -> holds(numeric.comparison(), GoFloat.parse(value), numeric.value()));
      case LabelFilter.Duration duration ->
          quantity(
              duration.label(),
              value ->
                  holds(
                      duration.comparison(),
                      Long.compare(GoDurations.parse(value), duration.nanos())));
      case LabelFilter.Bytes bytes ->
          quantity(
              bytes.label(),
              value ->
                  holds(
                      bytes.comparison(),
                      Long.compareUnsigned(ByteSizes.parse(value), bytes.bytes())));
      case LabelFilter.Ip ip -> ip(ip);
      case LabelFilter.And and -> {
        LabelTest left = compile(and.left());
        LabelTest right = compile(and.right());
        yield labels -> {
          boolean leftHolds = left.test(labels);
          return right.test(labels) && leftHolds;
        };
      }
      case LabelFilter.Or or -> {
        LabelTest left = compile(or.left());
        LabelTest right = compile(or.right());
        yield labels -> left.test(labels) || right.test(labels);
      }
    };
  }

  private static LabelTest text(LabelMatcher matcher) {
    String label = matcher.label();
    return switch (matcher) {
      case LabelMatcher.Equal equal -> labels -> labels.text(label).equals(equal.value());
      case LabelMatcher.NotEqual not -> labels -> !labels.text(label).equals(not.value());
      case LabelMatcher.Matches matches -> {
        Pattern pattern = anchored(matches.regex().source());
        yield labels -> pattern.matches(labels.text(label));
      }
      case LabelMatcher.NotMatches not -> {
        Pattern pattern = anchored(not.regex().source());
        yield labels -> !pattern.matches(labels.text(label));
      }
    };
  }

  /** A dot is no newline here, other than in a stream selector, except in the plainest forms. */
  private static Pattern anchored(String source) {
    return UserRegex.compile((SimpleRegex.isSimple(source) ? "(?s:" : "(?:") + source + ")");
  }

  /** Reads a label's text and compares it. */
  private interface Quantity {
    boolean test(String value);
  }

  private static LabelTest quantity(String label, Quantity quantity) {
    return labels -> {
      String value = labels.find(label);
      if (value == null) {
        return false;
      }
      try {
        return quantity.test(value);
      } catch (QuantityException e) {
        if (!labels.hasError()) {
          labels.error("LabelFilterErr", e.getMessage());
        }
        return true;
      }
    };
  }

  private static boolean holds(LabelFilter.Comparison comparison, int order) {
    return switch (comparison) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
    };
  }

  private static boolean holds(LabelFilter.Comparison comparison, double left, double right) {
    return switch (comparison) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
    };
  }

  private static LabelTest ip(LabelFilter.Ip filter) {
    IpPattern pattern = IpPattern.parse(filter.pattern());
    return labels -> {
      if (labels.hasError()) {
        return true;
      }
      String value = labels.find(filter.label());
      if (value == null) {
        return false;
      }
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      return pattern.isIn(bytes, 0, bytes.length) != filter.negated();
    };
  }

  /** Adds the labels that a filter looks at. */
  static void collectLabels(LabelFilter filter, Collection<String> out) {
    switch (filter) {
      case LabelFilter.Text text -> out.add(text.matcher().label());
      case LabelFilter.Numeric numeric -> out.add(numeric.label());
      case LabelFilter.Duration duration -> out.add(duration.label());
      case LabelFilter.Bytes bytes -> out.add(bytes.label());
      case LabelFilter.Ip ip -> out.add(ip.label());
      case LabelFilter.And and -> {
        collectLabels(and.left(), out);
        collectLabels(and.right(), out);
      }
      case LabelFilter.Or or -> {
        collectLabels(or.left(), out);
        collectLabels(or.right(), out);
      }
    }
  }
}
