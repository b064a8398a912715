package io.ghostworks.promql.parse;

import io.ghostworks.promql.ast.DurationExpr;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.promql.text.FloatText;
import org.jspecify.annotations.Nullable;

/** Parses what follows a selector: ranges, subqueries, offset, @, anchored, smoothed. */
final class PostfixParser {
  private final TokenStream tokens;
  private final ParserOptions options;
  private final DurationParser durations;

  PostfixParser(TokenStream tokens, ParserOptions options, DurationParser durations) {
    this.tokens = tokens;
    this.options = options;
    this.durations = durations;
  }

  Expr apply(Expr operand) {
    Expr expr = operand;
    for (int count = 0; ; count++) {
      if (count > PromqlParser.DEPTH_MAX) {
        throw tokens.unexpected();
      }
      switch (tokens.peek().type()) {
        case LEFT_BRACKET -> expr = range(expr);
        case OFFSET -> expr = offset(expr);
        case AT -> expr = at(expr);
        case ANCHORED -> expr = extended(expr, Expr.Extension.ANCHORED);
        case SMOOTHED -> expr = extended(expr, Expr.Extension.SMOOTHED);
        default -> {
          return expr;
        }
      }
    }
  }

  private Expr range(Expr expr) {
    Token open = tokens.next();
    DurationExpr range =
        durations.positive("subquery or range selector", "number, duration, step(), or range()");
    if (tokens.at(TokenType.RIGHT_BRACKET)) {
      Token close = tokens.next();
      return matrix(expr, range, open, close);
    }
    if (!tokens.accept(TokenType.COLON)) {
      throw tokens.unexpected("subquery or range", "\":\" or \"]\"");
    }
    DurationExpr step = null;
    if (!tokens.at(TokenType.RIGHT_BRACKET)) {
      step = durations.positive("subquery selector", "number, duration, step(), range(), or \"]\"");
      if (!tokens.at(TokenType.RIGHT_BRACKET)) {
        throw tokens.unexpected("subquery selector", "\"]\"");
      }
    }
    Token close = tokens.next();
    return new Expr.Subquery(
        expr,
        milliseconds(range),
        computed(range),
        milliseconds(step),
        computed(step),
        TimeShift.NONE,
        close.position().end());
  }

  private Expr matrix(Expr expr, DurationExpr range, Token open, Token close) {
    String error = null;
    if (!(expr instanceof Expr.VectorSelector selector)) {
      error = "ranges only allowed for vector selectors";
    } else if (selector.shift().hasOffset()) {
      error = "no offset modifiers allowed before range";
    } else if (selector.shift().at() != null) {
      error = "no @ modifiers allowed before range";
    } else {
      return new Expr.MatrixSelector(
          selector, milliseconds(range), computed(range), close.position().end());
    }
    tokens.add(open.position().to(close.position()), error);
    return expr;
  }

  private Expr offset(Expr expr) {
    tokens.next();
    DurationExpr duration = durations.offset();
    int end = tokens.lastClosing();
    TimeShift before = shift(expr);
    if (before == null) {
      tokens.add(
          expr.position(),
          "offset modifier must be preceded by an instant vector selector or range vector selector or a subquery");
      return expr;
    }
    if (before.hasOffset()) {
      tokens.add(expr.position(), "offset may not be set multiple times");
    }
    return withShift(expr, before.withOffset(milliseconds(duration), computed(duration)), end);
  }

  private Expr at(Expr expr) {
    tokens.next();
    TimeShift.At at;
    Token token = tokens.peek();
    switch (token.type()) {
      case START, END -> {
        tokens.next();
        expectInAt(TokenType.LEFT_PAREN);
        expectInAt(TokenType.RIGHT_PAREN);
        at = token.type() == TokenType.START ? new TimeShift.At.Start() : new TimeShift.At.End();
      }
      default -> {
        boolean minus = token.type() == TokenType.MINUS;
        if (minus || token.type() == TokenType.PLUS) {
          tokens.next();
        }
        if (!DurationParser.isLiteral(tokens.peek().type())) {
          throw tokens.unexpected("@", "timestamp");
        }
        double seconds = durations.literal().value();
        at = timestamp(expr, minus ? -seconds : seconds);
      }
    }
    int end = tokens.lastClosing();
    TimeShift before = shift(expr);
    if (before == null) {
      tokens.add(
          expr.position(),
          "@ modifier must be preceded by an instant vector selector or range vector selector or a subquery");
      return expr;
    }
    if (before.at() != null) {
      tokens.add(expr.position(), "@ <timestamp> may not be set multiple times");
      return expr;
    }
    return withShift(expr, before.withAt(at), end);
  }

  private void expectInAt(TokenType type) {
    if (!tokens.accept(type)) {
      throw tokens.unexpected("@", "timestamp");
    }
  }

  private TimeShift.At timestamp(Expr expr, double seconds) {
    if (!(seconds < 0x1p63 && seconds > -0x1p63)) {
      tokens.add(
          expr.position(),
          "timestamp out of bounds for @ modifier: " + FloatText.formatFixed(seconds, 6));
    }
    return new TimeShift.At.Timestamp(roundAwayFromZero(seconds * 1000));
  }

  private Expr extended(Expr expr, Expr.Extension extension) {
    String word = tokens.next().type().text();
    if (!options.extendedRangeSelectors()) {
      tokens.add(expr.position(), word + " modifier is experimental and not enabled");
      return expr;
    }
    return switch (expr) {
      case Expr.VectorSelector selector -> extended(selector, extension, expr);
      case Expr.MatrixSelector matrix ->
          new Expr.MatrixSelector(
              extended(matrix.selector(), extension, expr),
              matrix.rangeMs(),
              matrix.rangeExpression(),
              matrix.end());
      case Expr.Subquery subquery -> {
        tokens.add(expr.position(), word + " modifier is not supported for subqueries");
        yield expr;
      }
      default -> {
        tokens.add(expr.position(), word + " modifier not implemented");
        yield expr;
      }
    };
  }

  private Expr.VectorSelector extended(
      Expr.VectorSelector selector, Expr.Extension extension, Expr whole) {
    if (selector.extension() != Expr.Extension.NONE && selector.extension() != extension) {
      tokens.add(whole.position(), "anchored and smoothed modifiers cannot be used together");
    }
    return selector.withExtension(extension);
  }

  private static @Nullable TimeShift shift(Expr expr) {
    return switch (expr) {
      case Expr.VectorSelector selector -> selector.shift();
      case Expr.MatrixSelector matrix -> matrix.selector().shift();
      case Expr.Subquery subquery -> subquery.shift();
      default -> null;
    };
  }

  private static Expr withShift(Expr expr, TimeShift shift, int end) {
    return switch (expr) {
      case Expr.VectorSelector selector -> selector.withShift(shift, end);
      case Expr.MatrixSelector matrix ->
          new Expr.MatrixSelector(
              matrix.selector().withShift(shift, matrix.selector().position().end()),
              matrix.rangeMs(),
              matrix.rangeExpression(),
              end);
      case Expr.Subquery subquery -> subquery.withShift(shift, end);
      default -> expr;
    };
  }

  /** Seconds of a literal as whole milliseconds, by way of nanoseconds; 0 for a computed one. */
  private static long milliseconds(@Nullable DurationExpr duration) {
    return duration instanceof DurationExpr.Literal literal
        ? roundAwayFromZero(literal.number().value() * 1e9) / 1_000_000
        : 0;
  }

  private static @Nullable DurationExpr computed(@Nullable DurationExpr duration) {
    return duration instanceof DurationExpr.Literal ? null : duration;
  }

  private static long roundAwayFromZero(double value) {
    double floor = Math.floor(Math.abs(value));
    double rounded = Math.abs(value) - floor >= 0.5 ? floor + 1 : floor;
    return (long) Math.copySign(rounded, value);
  }
}
