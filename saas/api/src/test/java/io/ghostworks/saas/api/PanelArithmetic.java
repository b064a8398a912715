package io.ghostworks.saas.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates the expressions of the business panels over one page of metrics by plain arithmetic.
 * The page is of a process that started within every window, so the increase of a counter is its
 * value, and its rate the value by the window's seconds. Vectors are keyed by the values of their
 * labels, joined by blanks.
 */
final class PanelArithmetic {
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|=)\"([^\"]*)\"");
  private static final Pattern TOKEN =
      Pattern.compile("\\s*([a-z_][a-z_0-9]*|\\d+(?:\\.\\d+)?|\"[^\"]*\"|=~|[-+*/(){}\\[\\],=])");

  private record Sample(String name, Map<String, String> labels, double value) {}

  private record Row(Map<String, String> labels, double value) {}

  private final List<Sample> samples = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private int at;

  PanelArithmetic(String page) {
    for (String line : page.split("\n")) {
      Matcher sample = SAMPLE.matcher(line);
      if (!line.startsWith("#") && sample.matches()) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
        samples.add(new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3))));
      }
    }
  }

  Map<String, Double> evaluate(String expression) {
    tokens.clear();
    at = 0;
    Matcher token = TOKEN.matcher(expression);
    int end = 0;
    while (end < expression.strip().length() && token.find(end) && token.start() == end) {
      tokens.add(token.group(1));
      end = token.end();
    }
    if (end < expression.strip().length()) {
      throw new IllegalArgumentException("not understood from " + expression.substring(end));
    }
    List<Row> rows = alternatives();
    if (at < tokens.size()) {
      throw new IllegalArgumentException(
          "not understood from " + tokens.get(at) + " in " + expression);
    }
    Map<String, Double> values = new TreeMap<>();
    rows.forEach(row -> values.put(String.join(" ", row.labels().values()), row.value()));
    return values;
  }

  private List<Row> alternatives() {
    List<Row> rows = product();
    while (accept("or")) {
      List<Row> others = product();
      rows = rows.isEmpty() ? others : rows;
    }
    return rows;
  }

  private List<Row> product() {
    List<Row> left = operand();
    while (peek("*") || peek("/")) {
      boolean divide = next().equals("/");
      double right = operand().getFirst().value();
      left =
          left.stream()
              .map(row -> new Row(row.labels(), divide ? row.value() / right : row.value() * right))
              .toList();
    }
    return left;
  }

  private List<Row> operand() {
    String word = next();
    if (Character.isDigit(word.charAt(0))) {
      return List.of(new Row(Map.of(), Double.parseDouble(word)));
    }
    return switch (word) {
      case "sum" -> sum();
      case "topk" -> topk();
      case "scalar", "vector" -> parenthesised();
      case "rate", "increase" -> window(word);
      default -> selector(word);
    };
  }

  private List<Row> sum() {
    List<String> by = new ArrayList<>();
    if (accept("by")) {
      expect("(");
      while (!accept(")")) {
        by.add(next());
        accept(",");
      }
    }
    Map<Map<String, String>, Double> sums = new HashMap<>();
    for (Row row : parenthesised()) {
      Map<String, String> labels = new TreeMap<>(row.labels());
      labels.keySet().retainAll(by);
      sums.merge(labels, row.value(), Double::sum);
    }
    return sums.entrySet().stream()
        .map(entry -> new Row(entry.getKey(), entry.getValue()))
        .toList();
  }

  private List<Row> topk() {
    expect("(");
    int count = Integer.parseInt(next());
    expect(",");
    List<Row> rows = alternatives();
    expect(")");
    return rows.stream()
        .sorted(Comparator.comparingDouble(Row::value).reversed())
        .limit(count)
        .toList();
  }

  private List<Row> window(String function) {
    expect("(");
    List<Row> rows = selector(next());
    expect("[");
    int minutes = Integer.parseInt(next());
    expect("m");
    expect("]");
    expect(")");
    return function.equals("rate")
        ? rows.stream().map(row -> new Row(row.labels(), row.value() / (minutes * 60))).toList()
        : rows;
  }

  private List<Row> parenthesised() {
    expect("(");
    List<Row> rows = alternatives();
    expect(")");
    return rows;
  }

  private List<Row> selector(String name) {
    StringBuilder braces = new StringBuilder();
    if (accept("{")) {
      while (!accept("}")) {
        braces.append(next());
      }
    }
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && matches(sample.labels(), braces.toString()))
        .map(sample -> new Row(sample.labels(), sample.value()))
        .toList();
  }

  private static boolean matches(Map<String, String> labels, String braces) {
    Matcher matcher = MATCHER.matcher(braces);
    while (matcher.find()) {
      String value = labels.getOrDefault(matcher.group(1), "");
      if (!(matcher.group(2).equals("=")
          ? value.equals(matcher.group(3))
          : value.matches(matcher.group(3)))) {
        return false;
      }
    }
    return true;
  }

  private boolean peek(String token) {
    return at < tokens.size() && tokens.get(at).equals(token);
  }

  private boolean accept(String token) {
    boolean there = peek(token);
    at += there ? 1 : 0;
    return there;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw new IllegalArgumentException(
          "expected " + token + " at " + tokens.subList(at, tokens.size()));
    }
  }

  private String next() {
    return tokens.get(at++);
  }
}
