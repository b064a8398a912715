package io.ghostworks.traceql.parse;

import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.MetricsFunction;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.SecondStage;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.StaticType;
import io.ghostworks.traceql.ast.Statics;
import io.ghostworks.traceql.parse.QueryPart.Form;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Metrics functions and the stages behind them. */
final class MetricsParser {
  private static final long COMPARE_TOP = 10;
  private static final double NANOS_A_SECOND = 1e9;

  private final TokenStream tokens;
  private final AttributeParser attributes;
  private final PartParser parts;

  MetricsParser(TokenStream tokens, AttributeParser attributes, PartParser parts) {
    this.tokens = tokens;
    this.attributes = attributes;
    this.parts = parts;
  }

  /** Whether a metrics function stands here. */
  boolean starts() {
    return tokens.at(TokenKind.COMPARE) || kind() != null;
  }

  private MetricsFunction.@Nullable Kind kind() {
    return switch (tokens.kind()) {
      case RATE -> MetricsFunction.Kind.RATE;
      case COUNT_OVER_TIME -> MetricsFunction.Kind.COUNT_OVER_TIME;
      case MIN_OVER_TIME -> MetricsFunction.Kind.MIN_OVER_TIME;
      case MAX_OVER_TIME -> MetricsFunction.Kind.MAX_OVER_TIME;
      case AVG_OVER_TIME -> MetricsFunction.Kind.AVG_OVER_TIME;
      case SUM_OVER_TIME -> MetricsFunction.Kind.SUM_OVER_TIME;
      case QUANTILE_OVER_TIME -> MetricsFunction.Kind.QUANTILE_OVER_TIME;
      case HISTOGRAM_OVER_TIME -> MetricsFunction.Kind.HISTOGRAM_OVER_TIME;
      default -> null;
    };
  }

  MetricsFunction function() {
    MetricsFunction.Kind kind = kind();
    tokens.next();
    tokens.expect(TokenKind.OPEN_PARENS);
    if (kind == null) {
      return compare();
    }
    boolean counts =
        kind == MetricsFunction.Kind.RATE || kind == MetricsFunction.Kind.COUNT_OVER_TIME;
    Attribute attribute = counts ? null : attributes.one();
    List<Double> quantiles = List.of();
    if (kind == MetricsFunction.Kind.QUANTILE_OVER_TIME) {
      tokens.expect(TokenKind.COMMA);
      quantiles = numbers();
    }
    tokens.expect(TokenKind.CLOSE_PARENS);
    List<Attribute> by = List.of();
    if (tokens.accept(TokenKind.BY)) {
      tokens.expect(TokenKind.OPEN_PARENS);
      by = attributes.list();
      tokens.expect(TokenKind.CLOSE_PARENS, TokenKind.COMMA);
    }
    return new MetricsFunction.Aggregation(kind, attribute, quantiles, by);
  }

  private List<Double> numbers() {
    List<Double> numbers = new ArrayList<>();
    do {
      if (!tokens.at(TokenKind.FLOAT)) {
        tokens.expectAhead(TokenKind.INTEGER, TokenKind.FLOAT);
      }
      numbers.add(tokens.next().value().toDouble());
    } while (tokens.accept(TokenKind.COMMA));
    return numbers;
  }

  private MetricsFunction compare() {
    if (!tokens.at(TokenKind.OPEN_BRACE)) {
      throw tokens.unexpected(TokenKind.OPEN_BRACE);
    }
    SpansetExpression.Filter filter = filter();
    long top = COMPARE_TOP;
    long startNanos = 0;
    long endNanos = 0;
    if (tokens.accept(TokenKind.COMMA)) {
      top = integer();
      if (tokens.accept(TokenKind.COMMA)) {
        startNanos = integer();
        tokens.expect(TokenKind.COMMA);
        endNanos = integer();
        tokens.expect(TokenKind.CLOSE_PARENS);
        return new MetricsFunction.Compare(filter, top, startNanos, endNanos);
      }
    }
    tokens.expect(TokenKind.CLOSE_PARENS, TokenKind.COMMA);
    return new MetricsFunction.Compare(filter, top, startNanos, endNanos);
  }

  private long integer() {
    return ((Static.Int) tokens.expect(TokenKind.INTEGER).value()).value();
  }

  /** A filter between braces. */
  SpansetExpression.Filter filter() {
    tokens.next();
    if (tokens.accept(TokenKind.CLOSE_BRACE)) {
      return new SpansetExpression.Filter(Statics.TRUE);
    }
    SpansetExpression.Filter filter = new SpansetExpression.Filter(parts.fields().parse());
    if (!tokens.accept(TokenKind.CLOSE_BRACE)) {
      throw tokens.unexpected();
    }
    return filter;
  }

  /** The stages that follow, maybe none. */
  List<SecondStage> stages() {
    List<SecondStage> stages = new ArrayList<>();
    while (true) {
      Operator comparison = FieldParser.comparison(tokens.kind());
      if (comparison != null) {
        tokens.next();
        stages.add(new SecondStage.Compare(comparison, limit()));
      } else if (tokens.accept(TokenKind.PIPE)) {
        stages.add(top());
      } else {
        return stages;
      }
    }
  }

  private double limit() {
    Static value = ((QueryPart.Constant) parts.parse(0, EnumSet.of(Form.CONSTANT))).value();
    double number = value.toDouble();
    return value.type() == StaticType.DURATION ? number / NANOS_A_SECOND : number;
  }

  private SecondStage top() {
    boolean lowest = tokens.at(TokenKind.BOTTOMK);
    if (!lowest) {
      tokens.expectAhead(TokenKind.TOPK, TokenKind.BOTTOMK);
    }
    tokens.next();
    tokens.expect(TokenKind.OPEN_PARENS);
    SecondStage stage = new SecondStage.Top(lowest, integer());
    tokens.expect(TokenKind.CLOSE_PARENS);
    return stage;
  }
}
