package io.ghostworks.scrape.prometheusfile;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The grammars of Kubernetes' field selectors ({@code a.b=c,d!=e}) and label selectors ({@code
 * a=b,c in (d,e),!f}), as apimachinery's packages fields and labels read them.
 */
final class KubernetesSelectors {
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern DNS_SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final String OPERATOR_CHARS = "=!(),><";

  private final List<String> tokens;
  private int at;

  private KubernetesSelectors(List<String> tokens) {
    this.tokens = tokens;
  }

  /** Why {@code text} is not a field selector; empty where it is one. */
  static Optional<String> fieldSelectorProblem(String text) {
    for (String term : fieldTerms(text)) {
      if (term.isEmpty()) {
        continue;
      }
      int operator = firstOperator(term);
      if (operator < 0) {
        return Optional.of("'" + term + "' has none of =, ==, !=");
      }
      String value = term.substring(operator);
      value =
          value.startsWith("!=") || value.startsWith("==")
              ? value.substring(2)
              : value.substring(1);
      if (!isFieldValue(value)) {
        return Optional.of("the value '" + value + "' needs \\ before , = and \\");
      }
    }
    return Optional.empty();
  }

  /** Why {@code text} is not a label selector; empty where it is one. */
  static Optional<String> labelSelectorProblem(String text) {
    try {
      new KubernetesSelectors(labelTokens(text)).requirements();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> fieldTerms(String text) {
    List<String> terms = new ArrayList<>();
    int start = 0;
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (escaped) {
        escaped = false;
      } else if (c == '\\') {
        escaped = true;
      } else if (c == ',') {
        terms.add(text.substring(start, i));
        start = i + 1;
      }
    }
    terms.add(text.substring(start));
    return terms;
  }

  private static int firstOperator(String term) {
    for (int i = 0; i < term.length(); i++) {
      if (term.charAt(i) == '=' || term.startsWith("!=", i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isFieldValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        i++;
        if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
          return false;
        }
      } else if (c == ',' || c == '=') {
        return false;
      }
    }
    return true;
  }

  private static List<String> labelTokens(String text) {
    List<String> tokens = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        i++;
        continue;
      }
      int end = i + 1;
      if (OPERATOR_CHARS.indexOf(c) < 0) {
        while (end < text.length()
            && OPERATOR_CHARS.indexOf(text.charAt(end)) < 0
            && " \t\r\n".indexOf(text.charAt(end)) < 0) {
          end++;
        }
      } else if ((c == '=' || c == '!') && text.startsWith("=", end)) {
        end++;
      }
      tokens.add(text.substring(i, end));
      i = end;
    }
    return tokens;
  }

  private void requirements() {
    while (at < tokens.size()) {
      requirement();
      if (at == tokens.size()) {
        return;
      }
      expect(",");
      if (at == tokens.size() || (!isWord(tokens.get(at)) && !tokens.get(at).equals("!"))) {
        throw new IllegalArgumentException("a label is missing after ','");
      }
    }
  }

  private void requirement() {
    boolean negated = peek().equals("!");
    if (negated) {
      at++;
    }
    String key = next();
    if (!isWord(key)) {
      throw new IllegalArgumentException("'" + key + "' stands where a label is expected");
    }
    checkKey(key);
    if (peek().isEmpty() || peek().equals(",")) {
      return;
    }
    String operator = next();
    switch (operator) {
      case "in", "notin" -> values();
      case "=", "==", "!=" -> checkValue(exactValue());
      case ">", "<" -> checkNumber(exactValue());
      default ->
          throw new IllegalArgumentException(
              "'" + operator + "' stands where one of in, notin, =, ==, !=, >, < is expected");
    }
  }

  private void values() {
    expect("(");
    while (!peek().equals(")")) {
      String token = next();
      if (isWord(token)) {
        checkValue(token);
        if (!peek().equals(",") && !peek().equals(")")) {
          throw new IllegalArgumentException("',' or ')' is missing after '" + token + "'");
        }
      } else if (!token.equals(",")) {
        throw new IllegalArgumentException("'" + token + "' stands where a value is expected");
      }
    }
    expect(")");
  }

  private String exactValue() {
    if (peek().isEmpty() || peek().equals(",")) {
      return "";
    }
    String value = next();
    if (!isWord(value)) {
      throw new IllegalArgumentException("'" + value + "' stands where a value is expected");
    }
    return value;
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private String next() {
    String token = peek();
    if (token.isEmpty()) {
      throw new IllegalArgumentException("it ends too early");
    }
    at++;
    return token;
  }

  private void expect(String token) {
    if (!peek().equals(token)) {
      throw new IllegalArgumentException(
          "'" + peek() + "' stands where '" + token + "' is expected");
    }
    at++;
  }

  private static boolean isWord(String token) {
    return !token.isEmpty() && OPERATOR_CHARS.indexOf(token.charAt(0)) < 0;
  }

  private static void checkKey(String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    boolean validPrefix =
        slash < 0 || (slash <= 253 && DNS_SUBDOMAIN.matches(key.substring(0, slash)));
    if (!validPrefix || name.length() > 63 || !NAME.matches(name)) {
      throw new IllegalArgumentException("'" + key + "' is not a label's name");
    }
  }

  private static void checkValue(String value) {
    if (!value.isEmpty() && (value.length() > 63 || !NAME.matches(value))) {
      throw new IllegalArgumentException("'" + value + "' is not a label's value");
    }
  }

  private static void checkNumber(String value) {
    try {
      Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + value + "' is not a whole number", e);
    }
  }
}
