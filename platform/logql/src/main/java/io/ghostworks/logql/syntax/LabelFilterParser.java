package io.ghostworks.logql.syntax;

import static io.ghostworks.logql.syntax.TokenKind.CLOSE_PARENTHESIS;
import static io.ghostworks.logql.syntax.TokenKind.IDENTIFIER;
import static io.ghostworks.logql.syntax.TokenKind.NUMBER;
import static io.ghostworks.logql.syntax.TokenKind.OPEN_PARENTHESIS;
import static io.ghostworks.logql.syntax.TokenKind.STRING;

import io.ghostworks.logql.quantity.GoFloat;
import io.ghostworks.logql.quantity.QuantityException;
import org.jspecify.annotations.Nullable;

/**
 * Parses conditions on labels. A comma, or nothing, joins two of them like {@code and}, but takes
 * in all that follows: {@code a or b, c} is {@code a or (b and c)}, and {@code a, b or c} is {@code
 * a and (b or c)}. Between {@code and} and {@code or} the former binds first.
 */
final class LabelFilterParser {
  private final TokenStream tokens;

  LabelFilterParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** What joins two conditions. */
  private enum Join {
    OR,
    AND,
    COMMA,
    /** No sign at all. */
    NOTHING;

    /** Whether a condition behind this one ends where the other follows. */
    boolean endsBefore(Join other) {
      return switch (this) {
        case OR -> other == OR;
        case AND -> other == OR || other == AND;
        case COMMA, NOTHING -> false;
      };
    }
  }

  LabelFilter parse() {
    return parse(null);
  }

  private LabelFilter parse(@Nullable Join before) {
    tokens.enter();
    LabelFilter left = operand();
    while (true) {
      Join join = join();
      if (join == null || (before != null && before.endsBefore(join))) {
        tokens.leave();
        return left;
      }
      tokens.countOperator();
      if (join != Join.NOTHING) {
        tokens.next();
        if (!tokens.at(IDENTIFIER) && !tokens.at(OPEN_PARENTHESIS)) {
          throw tokens.unexpected(IDENTIFIER, OPEN_PARENTHESIS);
        }
      }
      LabelFilter right = parse(join);
      left = join == Join.OR ? new LabelFilter.Or(left, right) : new LabelFilter.And(left, right);
    }
  }

  private @Nullable Join join() {
    return switch (tokens.kind()) {
      case OR -> Join.OR;
      case AND -> Join.AND;
      case COMMA -> Join.COMMA;
      case IDENTIFIER, OPEN_PARENTHESIS -> Join.NOTHING;
      default -> null;
    };
  }

  private LabelFilter operand() {
    if (tokens.accept(OPEN_PARENTHESIS)) {
      if (!tokens.at(IDENTIFIER) && !tokens.at(OPEN_PARENTHESIS)) {
        throw tokens.unexpected(IDENTIFIER, OPEN_PARENTHESIS);
      }
      LabelFilter inner = parse(null);
      if (!tokens.accept(CLOSE_PARENTHESIS)) {
        throw tokens.unexpected();
      }
      return inner;
    }
    if (!tokens.at(IDENTIFIER)) {
      throw tokens.unexpected(IDENTIFIER, OPEN_PARENTHESIS);
    }
    String label = tokens.next().text();
    TokenKind sign = tokens.kind();
    LabelFilter.Comparison comparison = comparison(sign);
    if (comparison != null) {
      tokens.next();
      return compared(label, sign, comparison);
    }
    if (sign != TokenKind.RE && sign != TokenKind.NRE) {
      throw tokens.unexpected();
    }
    tokens.next();
    String regex = tokens.expect(STRING).text();
    return new LabelFilter.Text(SelectorParser.matcher(label, sign, regex));
  }

  private static LabelFilter.@Nullable Comparison comparison(TokenKind sign) {
    return switch (sign) {
      case EQ, CMP_EQ -> LabelFilter.Comparison.EQUAL;
      case NEQ -> LabelFilter.Comparison.NOT_EQUAL;
      case GT -> LabelFilter.Comparison.GREATER;
      case GTE -> LabelFilter.Comparison.GREATER_OR_EQUAL;
      case LT -> LabelFilter.Comparison.LESS;
      case LTE -> LabelFilter.Comparison.LESS_OR_EQUAL;
      default -> null;
    };
  }

  private LabelFilter compared(String label, TokenKind sign, LabelFilter.Comparison comparison) {
    boolean textual = sign == TokenKind.EQ || sign == TokenKind.NEQ;
    return switch (tokens.kind()) {
      case DURATION -> new LabelFilter.Duration(label, comparison, tokens.next().number());
      case BYTES -> new LabelFilter.Bytes(label, comparison, tokens.next().number());
      case NUMBER, ADD, SUB -> new LabelFilter.Numeric(label, comparison, number());
      case STRING -> {
        if (!textual) {
          throw tokens.unexpected();
        }
        yield new LabelFilter.Text(SelectorParser.matcher(label, sign, tokens.next().text()));
      }
      case IP -> {
        if (!textual) {
          throw tokens.unexpected();
        }
        tokens.next();
        tokens.expect(OPEN_PARENTHESIS);
        String pattern = tokens.expect(STRING).text();
        tokens.expect(CLOSE_PARENTHESIS);
        yield new LabelFilter.Ip(label, sign == TokenKind.NEQ, pattern);
      }
      default -> throw tokens.unexpected();
    };
  }

  private double number() {
    boolean negative = tokens.accept(TokenKind.SUB);
    if (!negative) {
      tokens.accept(TokenKind.ADD);
    }
    String text = tokens.expect(NUMBER).text();
    try {
      double value = GoFloat.parse(text);
      return negative ? -value : value;
    } catch (QuantityException e) {
      throw new LogqlParseException("unable to parse literal as a float: " + e.getMessage());
    }
  }
}
