package io.ghostworks.logql;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.UserRegex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses log queries. What Loki has beyond them is refused by name. */
public final class LogqlParser {
  private static final int BYTES_MAX = 131_072;
  private static final int DEPTH_MAX = 100;
  private static final int STAGES_MAX = 1000;
  private static final Set<String> UNSUPPORTED_STAGES =
      Set.of(
          "json",
          "logfmt",
          "regexp",
          "pattern",
          "unpack",
          "unwrap",
          "line_format",
          "label_format",
          "decolorize",
          "drop",
          "keep",
          "distinct");

  private final String query;
  private final LogqlLexer lexer;
  private LogqlToken token;
  private int depth;

  private LogqlParser(String query) {
    this.query = query;
    this.lexer = new LogqlLexer(query);
    this.token = lexer.next();
  }

  /**
   * Reads a log query.
   *
   * @throws LogqlParseException in Loki's form if it is none, or needs what this version lacks
   */
  public static LogQuery parse(String query) {
    int bytes = query.getBytes(StandardCharsets.UTF_8).length;
    if (bytes >= BYTES_MAX) {
      throw new LogqlParseException(
          "parse error : input size too long (%d > %d)".formatted(bytes, BYTES_MAX));
    }
    LogqlParser parser = new LogqlParser(query);
    List<LabelMatcher> matchers = parser.selector();
    checkNotEmpty(matchers);
    List<LogQuery.Stage> stages = new ArrayList<>();
    while (!parser.token.is("EOF")) {
      if (stages.size() == STAGES_MAX) {
        throw parser.error("a query has at most %d stages".formatted(STAGES_MAX));
      }
      stages.add(parser.stage());
    }
    return new LogQuery(matchers, stages);
  }

  /**
   * Reads a stream selector alone, as the API's {@code match[]} takes them.
   *
   * @throws LogqlParseException if the text is none
   */
  public static List<LabelMatcher> parseSelector(String selector) {
    LogqlParser parser = new LogqlParser(selector);
    List<LabelMatcher> matchers = parser.selector();
    if (!parser.token.is("EOF")) {
      throw parser.unexpected("");
    }
    return matchers;
  }

  private static void checkNotEmpty(List<LabelMatcher> matchers) {
    if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
      throw new LogqlParseException(
          "parse error : queries require at least one regexp or equality matcher that does not have"
              + " an empty-compatible value. For instance, app=~\".*\" does not meet this"
              + " requirement, but app=~\".+\" will");
    }
  }

  private List<LabelMatcher> selector() {
    if (!token.is("{")) {
      if (token.is("IDENTIFIER") || token.is("(") || token.is("NUMBER")) {
        throw error(
            "metric queries are not supported by this version: a query is a stream selector such as"
                + " {service_name=\"api\"} with filters");
      }
      throw unexpected("{");
    }
    advance();
    List<LabelMatcher> matchers = new ArrayList<>();
    while (!token.is("}")) {
      LogqlToken label = take("IDENTIFIER");
      matchers.add(matcher(label.text()));
      if (token.is(",")) {
        advance();
      } else if (!token.is("}")) {
        throw unexpected("}\" or \",");
      }
    }
    advance();
    return matchers;
  }

  private LabelMatcher matcher(String label) {
    LogqlToken operator = token;
    advance();
    LogqlToken value =
        switch (operator.kind()) {
          case "=", "!=", "=~", "!~" -> take("STRING");
          default ->
              throw LogqlParseException.at(
                  query,
                  operator.offset(),
                  "syntax error: unexpected %s, expecting = or != or =~ or !~"
                      .formatted(operator.description()));
        };
    return matcher(label, operator, value);
  }

  private LabelMatcher matcher(String label, LogqlToken operator, LogqlToken value) {
    try {
      return switch (operator.kind()) {
        case "=", "==" -> new LabelMatcher.Equal(label, value.text());
        case "!=" -> new LabelMatcher.NotEqual(label, value.text());
        case "=~" -> new LabelMatcher.Matches(label, AnchoredRegex.compile(value.text()));
        default -> new LabelMatcher.NotMatches(label, AnchoredRegex.compile(value.text()));
      };
    } catch (IllegalArgumentException e) {
      throw LogqlParseException.at(query, value.offset(), String.valueOf(e.getMessage()));
    }
  }

  private LogQuery.Stage stage() {
    return switch (token.kind()) {
      case "|=", "!=", "|~", "!~" -> lineFilter();
      case "|>", "!>" ->
          throw error(
              "the pattern filter %s is not supported by this version".formatted(token.kind()));
      case "|" -> {
        advance();
        yield labelStage();
      }
      case "+", "-", "*", "/", "%", "^", "[" ->
          throw error("metric queries are not supported by this version");
      default -> throw unexpected("");
    };
  }

  private LogQuery.Stage lineFilter() {
    boolean regex = token.kind().endsWith("~");
    boolean negated = token.kind().startsWith("!");
    advance();
    List<LogQuery.LineMatch> alternatives = new ArrayList<>();
    alternatives.add(lineMatch(regex));
    while (token.isWord("or")) {
      advance();
      alternatives.add(lineMatch(regex));
    }
    return new LogQuery.LineFilter(negated, alternatives);
  }

  private LogQuery.LineMatch lineMatch(boolean regex) {
    if (token.isWord("ip")) {
      throw error("the filter ip() is not supported by this version");
    }
    LogqlToken text = take("STRING");
    if (!regex) {
      return new LogQuery.LineMatch.Contains(text.text());
    }
    try {
      return new LogQuery.LineMatch.Finds(UserRegex.compile(text.text()));
    } catch (PatternSyntaxException e) {
      throw LogqlParseException.at(query, text.offset(), String.valueOf(e.getMessage()));
    }
  }

  private LogQuery.Stage labelStage() {
    if (token.is("IDENTIFIER") && UNSUPPORTED_STAGES.contains(token.text())) {
      throw error("the stage | %s is not supported by this version".formatted(token.text()));
    }
    return new LogQuery.LabelStage(or());
  }

  private LabelFilter or() {
    LabelFilter left = and();
    while (token.isWord("or")) {
      descend();
      advance();
      left = new LabelFilter.Or(left, and());
    }
    return left;
  }

  private LabelFilter and() {
    LabelFilter left = condition();
    while (token.isWord("and") || token.is(",") || token.is("(") || isLabel()) {
      descend();
      if (token.isWord("and") || token.is(",")) {
        advance();
      }
      left = new LabelFilter.And(left, condition());
    }
    return left;
  }

  private boolean isLabel() {
    return token.is("IDENTIFIER") && !token.isWord("or");
  }

  private LabelFilter condition() {
    if (token.is("(")) {
      descend();
      advance();
      LabelFilter inner = or();
      take(")");
      return inner;
    }
    LogqlToken label = take("IDENTIFIER");
    LogqlToken operator = token;
    advance();
    if (token.is("STRING")) {
      return switch (operator.kind()) {
        case "=", "==", "!=", "=~", "!~" -> {
          LogqlToken value = token;
          advance();
          yield new LabelFilter.Text(matcher(label.text(), operator, value));
        }
        default -> throw unexpected("NUMBER or DURATION or BYTES");
      };
    }
    if (token.isWord("ip")) {
      throw error("the filter ip() is not supported by this version");
    }
    return number(label.text(), operator);
  }

  private LabelFilter number(String label, LogqlToken operator) {
    LabelFilter.Comparison comparison =
        switch (operator.kind()) {
          case "=", "==" -> LabelFilter.Comparison.EQUAL;
          case "!=" -> LabelFilter.Comparison.NOT_EQUAL;
          case "<" -> LabelFilter.Comparison.LESS;
          case "<=" -> LabelFilter.Comparison.LESS_OR_EQUAL;
          case ">" -> LabelFilter.Comparison.GREATER;
          case ">=" -> LabelFilter.Comparison.GREATER_OR_EQUAL;
          default ->
              throw LogqlParseException.at(
                  query, operator.offset(), "syntax error: unexpected " + operator.description());
        };
    boolean minus = token.is("-");
    if (minus) {
      advance();
    }
    LogqlToken constant = take("NUMBER");
    for (LabelFilter.Unit unit : LabelFilter.Unit.values()) {
      try {
        double value = Quantities.parse(constant.text(), unit);
        return new LabelFilter.Numeric(label, comparison, minus ? -value : value, unit);
      } catch (IllegalArgumentException e) {
        // another unit, or none of them
      }
    }
    throw LogqlParseException.at(
        query, constant.offset(), "invalid number, duration or size: " + constant.text());
  }

  private void descend() {
    if (++depth > DEPTH_MAX) {
      throw error("a query has at most %d conditions and parentheses".formatted(DEPTH_MAX));
    }
  }

  private void advance() {
    token = lexer.next();
  }

  private LogqlToken take(String kind) {
    if (!token.is(kind)) {
      throw unexpected(kind);
    }
    LogqlToken taken = token;
    advance();
    return taken;
  }

  private LogqlParseException unexpected(String expected) {
    String message = "syntax error: unexpected " + token.description();
    return error(expected.isEmpty() ? message : message + ", expecting " + expected);
  }

  private LogqlParseException error(String message) {
    return LogqlParseException.at(query, token.offset(), message);
  }
}
