package io.ghostworks.promql.parse;

import io.ghostworks.promql.ast.DurationExpr;
import io.ghostworks.promql.ast.DurationExpr.Operator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.text.DurationText;
import io.ghostworks.promql.text.FloatText;
import org.jspecify.annotations.Nullable;

/** Parses numbers, durations, and what is computed of them in brackets and after offset. */
final class DurationParser {
  private static final double SECONDS_MAX = 0x1p63 / 1e9;
  private static final int SIGN_PRECEDENCE = 6;

  private final TokenStream tokens;
  private String context = "";
  private String expected = "";
  private int depth;

  DurationParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** A number or duration literal, which is the next token; durations in seconds. */
  Expr.NumberLiteral literal() {
    Token token = tokens.next();
    double value = 0;
    try {
      value =
          token.type() == TokenType.DURATION
              ? DurationText.parseMs(token.text()) / 1000.0
              : FloatText.parse(token.text());
    } catch (NumberFormatException e) {
      tokens.add(token.position(), "error parsing number: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      tokens.add(token.position(), String.valueOf(e.getMessage()));
    }
    return new Expr.NumberLiteral(value, token.type() == TokenType.DURATION, token.position());
  }

  static boolean isLiteral(TokenType type) {
    return type == TokenType.NUMBER || type == TokenType.DURATION;
  }

  /** A duration in brackets, greater than 0 where that is known already. */
  DurationExpr positive(String errorContext, String errorExpected) {
    context = errorContext;
    expected = errorExpected;
    DurationExpr parsed = expression(0);
    if (parsed instanceof DurationExpr.Literal literal && !(literal.number().value() > 0)) {
      tokens.add(literal.position(), "duration must be greater than 0");
    }
    return parsed;
  }

  /**
   * The duration after offset. A literal, a call or a sign before them stand alone, so that {@code
   * foo offset -2 ^ 2} is the square of a shifted series.
   */
  DurationExpr offset() {
    context = "offset";
    expected = "number, duration, step(), or range()";
    Token first = tokens.peek();
    return switch (first.type()) {
      case NUMBER, DURATION -> inRange(new DurationExpr.Literal(literal()), first.position());
      case STEP, RANGE, MAX_OF, MIN_OF -> call();
      case PLUS, MINUS -> {
        tokens.next();
        yield signedOffset(first);
      }
      default -> expression(0);
    };
  }

  private DurationExpr signedOffset(Token sign) {
    return switch (tokens.peek().type()) {
      case NUMBER, DURATION -> withSign(sign, new DurationExpr.Literal(literal()));
      case STEP, RANGE, MAX_OF, MIN_OF -> {
        DurationExpr value = call();
        yield new DurationExpr.Operation(
            sign.type() == TokenType.MINUS ? Operator.SUBTRACT : Operator.ADD,
            null,
            value,
            false,
            sign.position().to(value.position()));
      }
      case LEFT_PAREN -> {
        tokens.next();
        DurationExpr inner = expression(0);
        expect(TokenType.RIGHT_PAREN);
        yield withSign(sign, wrapped(inner, inner.position()));
      }
      default -> operators(withSign(sign, expression(SIGN_PRECEDENCE)), 0);
    };
  }

  private DurationExpr expression(int precedenceMin) {
    if (++depth > PromqlParser.DEPTH_MAX) {
      tokens.add(
          tokens.peek().position(),
          "durations nest at most %d deep".formatted(PromqlParser.DEPTH_MAX));
      throw new TokenStream.Abandoned();
    }
    DurationExpr parsed = operators(operand(), precedenceMin);
    depth--;
    return parsed;
  }

  private DurationExpr operators(DurationExpr first, int precedenceMin) {
    DurationExpr left = first;
    int count = 0;
    while (true) {
      Token token = tokens.peek();
      Operator operator = operator(token.type());
      int precedence = precedence(operator);
      if (operator == null || precedence < precedenceMin || ++count > PromqlParser.DEPTH_MAX) {
        return left;
      }
      tokens.next();
      DurationExpr right = expression(operator == Operator.POWER ? precedence : precedence + 1);
      if (right instanceof DurationExpr.Literal literal && literal.number().value() == 0) {
        if (operator == Operator.DIVIDE || operator == Operator.MODULO) {
          tokens.add(
              token.position(),
              operator == Operator.DIVIDE ? "division by zero" : "modulo by zero");
        }
      }
      left =
          new DurationExpr.Operation(
              operator, left, right, false, left.position().to(right.position()));
    }
  }

  private DurationExpr operand() {
    Token token = tokens.peek();
    return switch (token.type()) {
      case NUMBER, DURATION -> inRange(new DurationExpr.Literal(literal()), token.position());
      case PLUS, MINUS -> {
        tokens.next();
        yield withSign(token, expression(SIGN_PRECEDENCE));
      }
      case STEP, RANGE, MAX_OF, MIN_OF -> call();
      case LEFT_PAREN -> {
        tokens.next();
        DurationExpr inner = expression(0);
        Token close = expect(TokenType.RIGHT_PAREN);
        yield wrapped(inner, token.position().to(close.position()));
      }
      default -> throw tokens.unexpected(context, expected);
    };
  }

  private DurationExpr call() {
    Token name = tokens.next();
    expect(TokenType.LEFT_PAREN);
    DurationExpr value;
    if (name.type() == TokenType.STEP || name.type() == TokenType.RANGE) {
      Token close = expect(TokenType.RIGHT_PAREN);
      value =
          new DurationExpr.QueryValue(
              name.type() == TokenType.STEP, false, name.position().to(close.position()));
    } else {
      DurationExpr left = expression(0);
      expect(TokenType.COMMA);
      DurationExpr right = expression(0);
      Token close = expect(TokenType.RIGHT_PAREN);
      value =
          new DurationExpr.Operation(
              name.type() == TokenType.MAX_OF ? Operator.MAX_OF : Operator.MIN_OF,
              left,
              right,
              false,
              name.position().to(close.position()));
    }
    return value;
  }

  private Token expect(TokenType type) {
    if (!tokens.at(type)) {
      throw tokens.unexpected(context, expected);
    }
    return tokens.next();
  }

  private DurationExpr withSign(Token sign, DurationExpr value) {
    boolean minus = sign.type() == TokenType.MINUS;
    if (value instanceof DurationExpr.Literal literal) {
      double signed = minus ? literal.number().value() * -1 : literal.number().value();
      return inRange(
          new DurationExpr.Literal(
              new Expr.NumberLiteral(
                  signed, literal.number().duration(), sign.position().to(literal.position()))),
          sign.position());
    }
    if (!minus) {
      return value;
    }
    return new DurationExpr.Operation(
        Operator.SUBTRACT, null, value, false, sign.position().to(value.position()));
  }

  /** Marks what stood in parentheses; a literal becomes the operand of a sign. */
  private static DurationExpr wrapped(DurationExpr inner, PositionRange position) {
    return switch (inner) {
      case DurationExpr.Literal literal ->
          new DurationExpr.Operation(Operator.ADD, null, literal, true, position);
      case DurationExpr.QueryValue value ->
          new DurationExpr.QueryValue(value.isStep(), true, value.position());
      case DurationExpr.Operation operation ->
          new DurationExpr.Operation(
              operation.operator(),
              operation.left(),
              operation.right(),
              true,
              operation.position());
    };
  }

  private DurationExpr inRange(DurationExpr.Literal literal, PositionRange errorPosition) {
    double seconds = literal.number().value();
    if (seconds > SECONDS_MAX || seconds < -SECONDS_MAX) {
      tokens.add(errorPosition, "duration out of range");
    }
    return literal;
  }

  private static @Nullable Operator operator(TokenType type) {
    return switch (type) {
      case PLUS -> Operator.ADD;
      case MINUS -> Operator.SUBTRACT;
      case TIMES -> Operator.MULTIPLY;
      case DIVIDE -> Operator.DIVIDE;
      case MODULO -> Operator.MODULO;
      case POWER -> Operator.POWER;
      default -> null;
    };
  }

  private static int precedence(@Nullable Operator operator) {
    return switch (operator) {
      case null -> -1;
      case ADD, SUBTRACT -> 4;
      case MULTIPLY, DIVIDE, MODULO -> 5;
      case POWER -> 6;
      case MIN_OF, MAX_OF -> -1;
    };
  }
}
