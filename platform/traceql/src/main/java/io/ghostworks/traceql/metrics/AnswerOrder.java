package io.ghostworks.traceql.metrics;

import io.ghostworks.traceql.ast.Static;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of the series of an answer: by count of labels, then label by label by name and by the
 * value's text as protocol buffers print it. Source: Tempo's {@code sortResponse}.
 */
final class AnswerOrder implements Comparator<List<MetricLabel>> {

  private final Map<LabelValue, String> known = new HashMap<>();

  @Override
  public int compare(List<MetricLabel> left, List<MetricLabel> right) {
    if (left.size() != right.size()) {
      return Integer.compare(left.size(), right.size());
    }
    for (int i = 0; i < left.size(); i++) {
      int byName = Utf8Order.compare(left.get(i).name(), right.get(i).name());
      if (byName != 0) {
        return byName;
      }
      LabelValue value = left.get(i).value();
      LabelValue other = right.get(i).value();
      int byValue = value.equals(other) ? 0 : printed(value).compareTo(printed(other));
      if (byValue != 0) {
        return byValue;
      }
    }
    return 0;
  }

  /** Each value is printed once. */
  private String printed(LabelValue value) {
    return known.computeIfAbsent(value, AnswerOrder::print);
  }

  private static String print(LabelValue value) {
    return switch (value) {
      case LabelValue.Text(String text) -> "string_value:" + quoted(text) + " ";
      case LabelValue.Whole(long whole) -> "int_value:" + whole + " ";
      case LabelValue.Real(double real) -> "double_value:" + number(real) + " ";
      case LabelValue.Bool(boolean bool) -> "bool_value:" + bool + " ";
    };
  }

  /** Whole numbers without a point. */
  private static String number(double real) {
    String text = new Static.Real(real).text();
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      switch (each) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        default -> {
          if (each >= 0x20 && each < 0x7f) {
            out.append((char) each);
          } else {
            out.append('\\');
            out.append((char) ('0' + ((each >> 6) & 3)));
            out.append((char) ('0' + ((each >> 3) & 7)));
            out.append((char) ('0' + (each & 7)));
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
