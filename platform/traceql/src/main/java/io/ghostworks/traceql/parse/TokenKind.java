package io.ghostworks.traceql.parse;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kinds of tokens, in the order in which messages list them. */
enum TokenKind {
  IDENTIFIER(""),
  STRING(""),
  INTEGER(""),
  FLOAT(""),
  DURATION(""),
  DOT("."),
  OPEN_BRACE("{"),
  CLOSE_BRACE("}"),
  OPEN_PARENS("("),
  CLOSE_PARENS(")"),
  COMMA(","),
  NIL("nil"),
  TRUE("true"),
  FALSE("false"),
  STATUS_ERROR("error"),
  STATUS_OK("ok"),
  STATUS_UNSET("unset"),
  KIND_UNSPECIFIED("unspecified"),
  KIND_INTERNAL("internal"),
  KIND_SERVER("server"),
  KIND_CLIENT("client"),
  KIND_PRODUCER("producer"),
  KIND_CONSUMER("consumer"),
  SPAN_DURATION("duration"),
  CHILD_COUNT("childCount"),
  NAME("name"),
  STATUS("status"),
  STATUS_MESSAGE("statusMessage"),
  PARENT("parent"),
  KIND("kind"),
  ROOT_NAME("rootName"),
  ROOT_SERVICE_NAME("rootServiceName"),
  ROOT_SERVICE("rootService"),
  TRACE_DURATION("traceDuration"),
  NESTED_SET_LEFT("nestedSetLeft"),
  NESTED_SET_RIGHT("nestedSetRight"),
  NESTED_SET_PARENT("nestedSetParent"),
  ID("id"),
  TRACE_ID("traceID"),
  SPAN_ID("spanID"),
  PARENT_ID("parentID"),
  TIME_SINCE_START("timeSinceStart"),
  VERSION("version"),
  PARENT_DOT("parent."),
  RESOURCE_DOT("resource."),
  SPAN_DOT("span."),
  TRACE_COLON("trace:"),
  SPAN_COLON("span:"),
  EVENT_COLON("event:"),
  EVENT_DOT("event."),
  LINK_COLON("link:"),
  LINK_DOT("link."),
  INSTRUMENTATION_COLON("instrumentation:"),
  INSTRUMENTATION_DOT("instrumentation."),
  COUNT("count"),
  AVG("avg"),
  MAX("max"),
  MIN("min"),
  SUM("sum"),
  BY("by"),
  COALESCE("coalesce"),
  SELECT("select"),
  END_ATTRIBUTE(""),
  RATE("rate"),
  COUNT_OVER_TIME("count_over_time"),
  MIN_OVER_TIME("min_over_time"),
  MAX_OVER_TIME("max_over_time"),
  AVG_OVER_TIME("avg_over_time"),
  SUM_OVER_TIME("sum_over_time"),
  QUANTILE_OVER_TIME("quantile_over_time"),
  HISTOGRAM_OVER_TIME("histogram_over_time"),
  COMPARE("compare"),
  TOPK("topk"),
  BOTTOMK("bottomk"),
  WITH("with"),
  PIPE("|"),
  AND("&&"),
  OR("||"),
  EQ("="),
  NEQ("!="),
  LT("<"),
  LTE("<="),
  GT(">"),
  GTE(">="),
  NRE("!~"),
  RE("=~"),
  DESC(">>"),
  ANCE("<<"),
  SIBL("~"),
  NOT_CHILD("!>"),
  NOT_PARENT("!<"),
  NOT_DESC("!>>"),
  NOT_ANCE("!<<"),
  UNION_CHILD("&>"),
  UNION_PARENT("&<"),
  UNION_DESC("&>>"),
  UNION_ANCE("&<<"),
  UNION_SIBL("&~"),
  ADD("+"),
  SUB("-"),
  NOT("!"),
  MUL("*"),
  DIV("/"),
  MOD("%"),
  POW("^"),
  END("$end");

  private static final Map<String, TokenKind> BY_TEXT = new HashMap<>();

  static {
    for (TokenKind kind : values()) {
      if (!kind.text.isEmpty() && kind != END) {
        BY_TEXT.put(kind.text, kind);
      }
    }
  }

  private final String text;

  TokenKind(String text) {
    this.text = text;
  }

  /** The kind that is always written so, or null. */
  static @Nullable TokenKind find(String text) {
    return BY_TEXT.get(text);
  }

  /** As messages name it. */
  String shown() {
    return text.isEmpty() ? name() : text;
  }

  /** Whether an attribute's name follows. */
  boolean startsAttribute() {
    return switch (this) {
      case DOT, RESOURCE_DOT, SPAN_DOT, PARENT_DOT, EVENT_DOT, LINK_DOT, INSTRUMENTATION_DOT ->
          true;
      default -> false;
    };
  }
}
