package io.ghostworks.traceql.parse;

import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.SpanKind;
import io.ghostworks.traceql.ast.SpanStatus;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.Statics;
import org.jspecify.annotations.Nullable;

/** Expressions over one span, by precedence climbing. */
final class FieldParser {
  private static final int COMPARISON = 2;
  private static final int SUM = 3;
  private static final int PRODUCT = 5;
  private static final int POWER = 6;

  private final TokenStream tokens;
  private final AttributeParser attributes;

  FieldParser(TokenStream tokens, AttributeParser attributes) {
    this.tokens = tokens;
    this.attributes = attributes;
  }

  FieldExpression parse() {
    return parse(0);
  }

  private FieldExpression parse(int lowest) {
    tokens.enter();
    FieldExpression left = operand();
    for (Operator operator = operator(tokens.kind());
        operator != null && precedence(operator) >= lowest;
        operator = operator(tokens.kind())) {
      tokens.next();
      tokens.countOperator();
      left = joined(operator, left);
    }
    tokens.leave();
    return left;
  }

  private FieldExpression joined(Operator operator, FieldExpression left) {
    boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    if (equality && tokens.accept(TokenKind.NIL)) {
      return Folding.unary(existence(operator), left);
    }
    int precedence = precedence(operator);
    FieldExpression right = parse(operator == Operator.POWER ? precedence : precedence + 1);
    return Folding.binary(operator, left, right);
  }

  private static Operator existence(Operator comparedToNil) {
    return comparedToNil == Operator.EQUAL ? Operator.NOT_EXISTS : Operator.EXISTS;
  }

  private FieldExpression operand() {
    return switch (tokens.kind()) {
      case OPEN_PARENS -> {
        tokens.next();
        FieldExpression inner = parse(0);
        if (!tokens.accept(TokenKind.CLOSE_PARENS)) {
          throw tokens.unexpected();
        }
        yield inner;
      }
      case SUB -> {
        tokens.next();
        yield Folding.unary(Operator.SUB, parse(SUM + 1));
      }
      case NOT -> {
        tokens.next();
        yield Folding.unary(Operator.NOT, parse(PRODUCT));
      }
      case NIL -> {
        tokens.next();
        yield comparedNil();
      }
      default -> {
        Attribute attribute = attributes.find();
        yield attribute != null ? attribute : value();
      }
    };
  }

  private FieldExpression comparedNil() {
    Operator operator = tokens.at(TokenKind.NEQ) ? Operator.NOT_EQUAL : Operator.EQUAL;
    if (!tokens.accept(TokenKind.NEQ)) {
      tokens.expect(TokenKind.EQ, TokenKind.NEQ);
    }
    if (tokens.accept(TokenKind.NIL)) {
      return Statics.FALSE;
    }
    return Folding.unary(existence(operator), parse(COMPARISON + 1));
  }

  /** A value as it is written. */
  Static value() {
    Token token = tokens.peek();
    Static value =
        switch (token.kind()) {
          case STRING -> new Static.Text(token.text());
          case INTEGER, FLOAT, DURATION -> token.value();
          case TRUE -> Statics.TRUE;
          case FALSE -> Statics.FALSE;
          case STATUS_OK -> new Static.Status(SpanStatus.OK);
          case STATUS_ERROR -> new Static.Status(SpanStatus.ERROR);
          case STATUS_UNSET -> new Static.Status(SpanStatus.UNSET);
          case KIND_UNSPECIFIED -> new Static.Kind(SpanKind.UNSPECIFIED);
          case KIND_INTERNAL -> new Static.Kind(SpanKind.INTERNAL);
          case KIND_SERVER -> new Static.Kind(SpanKind.SERVER);
          case KIND_CLIENT -> new Static.Kind(SpanKind.CLIENT);
          case KIND_PRODUCER -> new Static.Kind(SpanKind.PRODUCER);
          case KIND_CONSUMER -> new Static.Kind(SpanKind.CONSUMER);
          case IDENTIFIER -> named(token);
          default -> throw tokens.unexpected();
        };
    tokens.next();
    return value;
  }

  private static Static named(Token token) {
    return switch (token.text()) {
      case "minInt" -> new Static.Int(Long.MIN_VALUE);
      case "maxInt" -> new Static.Int(Long.MAX_VALUE);
      default -> throw TokenStream.failure("unknown identifier: " + token.text(), token);
    };
  }

  private static @Nullable Operator operator(TokenKind kind) {
    return switch (kind) {
      case AND -> Operator.AND;
      case OR -> Operator.OR;
      case RE -> Operator.REGEX;
      case NRE -> Operator.NOT_REGEX;
      default -> {
        Operator comparison = comparison(kind);
        yield comparison != null ? comparison : arithmetic(kind);
      }
    };
  }

  /** The operator that compares numbers, or null. */
  static @Nullable Operator comparison(TokenKind kind) {
    return switch (kind) {
      case EQ -> Operator.EQUAL;
      case NEQ -> Operator.NOT_EQUAL;
      case LT -> Operator.LESS;
      case LTE -> Operator.LESS_EQUAL;
      case GT -> Operator.GREATER;
      case GTE -> Operator.GREATER_EQUAL;
      default -> null;
    };
  }

  /** The operator that computes, or null. */
  static @Nullable Operator arithmetic(TokenKind kind) {
    return switch (kind) {
      case ADD -> Operator.ADD;
      case SUB -> Operator.SUB;
      case MUL -> Operator.MULT;
      case DIV -> Operator.DIV;
      case MOD -> Operator.MOD;
      case POW -> Operator.POWER;
      default -> null;
    };
  }

  static int precedence(Operator operator) {
    return switch (operator) {
      case AND, OR -> 1;
      case ADD, SUB -> SUM;
      case MULT, DIV, MOD -> PRODUCT;
      case POWER -> POWER;
      default -> COMPARISON;
    };
  }
}
