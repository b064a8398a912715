package io.ghostworks.promql.parse;

import static io.ghostworks.promql.parse.TokenType.Kind.AGGREGATOR;
import static io.ghostworks.promql.parse.TokenType.Kind.KEYWORD;
import static io.ghostworks.promql.parse.TokenType.Kind.LITERAL;
import static io.ghostworks.promql.parse.TokenType.Kind.OPERATOR;
import static io.ghostworks.promql.parse.TokenType.Kind.PREPROCESSOR;
import static io.ghostworks.promql.parse.TokenType.Kind.PUNCTUATION;

import io.ghostworks.promql.ast.AggregateOperator;
import io.ghostworks.promql.ast.BinaryOperator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of tokens of PromQL. */
enum TokenType {
  END_OF_INPUT(LITERAL, "end of input"),
  ERROR(LITERAL, "error"),
  IDENTIFIER(LITERAL, "identifier"),
  METRIC_IDENTIFIER(LITERAL, "metric identifier"),
  STRING(LITERAL, "string"),
  NUMBER(LITERAL, "number"),
  DURATION(LITERAL, "duration"),

  LEFT_PAREN(PUNCTUATION, "("),
  RIGHT_PAREN(PUNCTUATION, ")"),
  LEFT_BRACE(PUNCTUATION, "{"),
  RIGHT_BRACE(PUNCTUATION, "}"),
  LEFT_BRACKET(PUNCTUATION, "["),
  RIGHT_BRACKET(PUNCTUATION, "]"),
  COMMA(PUNCTUATION, ","),
  COLON(PUNCTUATION, ":"),
  EQUAL(PUNCTUATION, "="),

  PLUS(OPERATOR, "+", BinaryOperator.ADD),
  MINUS(OPERATOR, "-", BinaryOperator.SUBTRACT),
  TIMES(OPERATOR, "*", BinaryOperator.MULTIPLY),
  DIVIDE(OPERATOR, "/", BinaryOperator.DIVIDE),
  MODULO(OPERATOR, "%", BinaryOperator.MODULO),
  POWER(OPERATOR, "^", BinaryOperator.POWER),
  EQUAL_EQUAL(OPERATOR, "==", BinaryOperator.EQUAL),
  NOT_EQUAL(OPERATOR, "!=", BinaryOperator.NOT_EQUAL),
  LESS(OPERATOR, "<", BinaryOperator.LESS),
  LESS_OR_EQUAL(OPERATOR, "<=", BinaryOperator.LESS_OR_EQUAL),
  GREATER(OPERATOR, ">", BinaryOperator.GREATER),
  GREATER_OR_EQUAL(OPERATOR, ">=", BinaryOperator.GREATER_OR_EQUAL),
  TRIM_UPPER(OPERATOR, "</", BinaryOperator.TRIM_UPPER),
  TRIM_LOWER(OPERATOR, ">/", BinaryOperator.TRIM_LOWER),
  REGEX_EQUAL(OPERATOR, "=~"),
  REGEX_NOT_EQUAL(OPERATOR, "!~"),
  AT(OPERATOR, "@"),
  AND(OPERATOR, "and", BinaryOperator.AND),
  OR(OPERATOR, "or", BinaryOperator.OR),
  UNLESS(OPERATOR, "unless", BinaryOperator.UNLESS),
  ATAN2(OPERATOR, "atan2", BinaryOperator.ATAN2),

  AVG(AGGREGATOR, "avg"),
  BOTTOMK(AGGREGATOR, "bottomk"),
  COUNT(AGGREGATOR, "count"),
  COUNT_VALUES(AGGREGATOR, "count_values"),
  GROUP(AGGREGATOR, "group"),
  LIMITK(AGGREGATOR, "limitk"),
  LIMIT_RATIO(AGGREGATOR, "limit_ratio"),
  MAX(AGGREGATOR, "max"),
  MIN(AGGREGATOR, "min"),
  QUANTILE(AGGREGATOR, "quantile"),
  STDDEV(AGGREGATOR, "stddev"),
  STDVAR(AGGREGATOR, "stdvar"),
  SUM(AGGREGATOR, "sum"),
  TOPK(AGGREGATOR, "topk"),

  BOOL(KEYWORD, "bool"),
  BY(KEYWORD, "by"),
  GROUP_LEFT(KEYWORD, "group_left"),
  GROUP_RIGHT(KEYWORD, "group_right"),
  FILL(KEYWORD, "fill"),
  FILL_LEFT(KEYWORD, "fill_left"),
  FILL_RIGHT(KEYWORD, "fill_right"),
  IGNORING(KEYWORD, "ignoring"),
  OFFSET(KEYWORD, "offset"),
  SMOOTHED(KEYWORD, "smoothed"),
  ANCHORED(KEYWORD, "anchored"),
  ON(KEYWORD, "on"),
  WITHOUT(KEYWORD, "without"),

  START(PREPROCESSOR, "start"),
  END(PREPROCESSOR, "end"),
  STEP(PREPROCESSOR, "step"),
  RANGE(PREPROCESSOR, "range"),
  MAX_OF(PREPROCESSOR, "max_of"),
  MIN_OF(PREPROCESSOR, "min_of");

  private static final Map<String, TokenType> WORDS = new HashMap<>();

  static {
    for (TokenType type : values()) {
      if (Character.isLetter(type.text.charAt(0)) && type.kind != LITERAL) {
        WORDS.put(type.text, type);
      }
    }
    WORDS.put("inf", NUMBER);
    WORDS.put("nan", NUMBER);
  }

  private final Kind kind;
  private final String text;
  private final @Nullable BinaryOperator binary;

  TokenType(Kind kind, String text) {
    this.kind = kind;
    this.text = text;
    this.binary = null;
  }

  TokenType(Kind kind, String text, BinaryOperator binary) {
    this.kind = kind;
    this.text = text;
    this.binary = binary;
  }

  /** What a token is called in errors. */
  enum Kind {
    LITERAL,
    PUNCTUATION,
    OPERATOR,
    AGGREGATOR,
    KEYWORD,
    PREPROCESSOR
  }

  /** The type of a reserved word in any case, or null. */
  static @Nullable TokenType ofWord(String word) {
    return WORDS.get(word.toLowerCase(Locale.ROOT));
  }

  Kind kind() {
    return kind;
  }

  /** How it is written, or for a literal what it is called. */
  String text() {
    return text;
  }

  @Nullable BinaryOperator binary() {
    return binary;
  }

  AggregateOperator aggregate() {
    return AggregateOperator.valueOf(name());
  }

  /** Whether the word can also be a metric's name. */
  boolean canNameMetric() {
    return switch (this) {
      case IDENTIFIER, METRIC_IDENTIFIER, AND, OR, UNLESS -> true;
      case BOOL, ON, IGNORING, GROUP_LEFT, GROUP_RIGHT -> false;
      default -> kind == AGGREGATOR || kind == KEYWORD || kind == PREPROCESSOR;
    };
  }

  /** Whether the word can also be a label's name in a grouping. */
  boolean canNameLabel() {
    return canNameMetric() || kind == KEYWORD || this == ATAN2;
  }
}
