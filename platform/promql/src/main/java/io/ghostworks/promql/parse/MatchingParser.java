package io.ghostworks.promql.parse;

import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.ValueType;
import io.ghostworks.promql.ast.VectorMatching;
import io.ghostworks.promql.ast.VectorMatching.Cardinality;
import io.ghostworks.promql.text.QuotedText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses what stands between an operator and its right side, and lists of labels. */
final class MatchingParser {
  private static final String CONTEXT = "grouping opts";

  private final TokenStream tokens;
  private final DurationParser durations;

  MatchingParser(TokenStream tokens, DurationParser durations) {
    this.tokens = tokens;
    this.durations = durations;
  }

  /** bool, on or ignoring, group_left or group_right, fill; each may be missing. */
  Modifiers parse() {
    boolean returnBool = tokens.accept(TokenType.BOOL);
    VectorMatching matching = VectorMatching.PLAIN;
    TokenType type = tokens.peek().type();
    if (type == TokenType.ON || type == TokenType.IGNORING) {
      tokens.next();
      matching = grouped(labels(), type == TokenType.ON);
    }
    return new Modifiers(returnBool, fill(matching));
  }

  private VectorMatching grouped(List<String> labels, boolean on) {
    Cardinality cardinality =
        switch (tokens.peek().type()) {
          case GROUP_LEFT -> Cardinality.MANY_TO_ONE;
          case GROUP_RIGHT -> Cardinality.ONE_TO_MANY;
          default -> Cardinality.ONE_TO_ONE;
        };
    List<String> include = List.of();
    if (cardinality != Cardinality.ONE_TO_ONE) {
      tokens.next();
      if (tokens.at(TokenType.LEFT_PAREN)) {
        include = labels();
      }
    }
    return new VectorMatching(cardinality, labels, on, include, null, null);
  }

  private VectorMatching fill(VectorMatching matching) {
    Double left = null;
    Double right = null;
    switch (tokens.peek().type()) {
      case FILL -> {
        left = fillValue();
        right = left;
      }
      case FILL_LEFT -> {
        left = fillValue();
        right = tokens.at(TokenType.FILL_RIGHT) ? fillValue() : null;
      }
      case FILL_RIGHT -> {
        right = fillValue();
        left = tokens.at(TokenType.FILL_LEFT) ? fillValue() : null;
      }
      default -> {
        return matching;
      }
    }
    return new VectorMatching(
        matching.cardinality(), matching.labels(), matching.on(), matching.include(), left, right);
  }

  private Double fillValue() {
    tokens.next();
    tokens.expect(TokenType.LEFT_PAREN);
    boolean minus = tokens.at(TokenType.MINUS);
    if (minus || tokens.at(TokenType.PLUS)) {
      tokens.next();
    }
    if (!DurationParser.isLiteral(tokens.peek().type())) {
      throw tokens.unexpected();
    }
    Expr.NumberLiteral literal = durations.literal();
    tokens.expect(TokenType.RIGHT_PAREN);
    return minus ? literal.value() * -1 : literal.value();
  }

  /** Labels in parentheses; words of the language are labels here. */
  List<String> labels() {
    if (!tokens.at(TokenType.LEFT_PAREN)) {
      throw tokens.unexpected(CONTEXT, "\"(\"");
    }
    tokens.next();
    List<String> labels = new ArrayList<>();
    while (!tokens.accept(TokenType.RIGHT_PAREN)) {
      labels.add(label());
      if (!tokens.accept(TokenType.COMMA) && !tokens.at(TokenType.RIGHT_PAREN)) {
        throw tokens.unexpected(CONTEXT, "\",\" or \")\"");
      }
    }
    return labels;
  }

  private String label() {
    Token token = tokens.peek();
    if (token.type() != TokenType.STRING && !token.type().canNameLabel()) {
      throw tokens.unexpected(CONTEXT, "label");
    }
    tokens.next();
    String label =
        token.type() == TokenType.STRING ? SelectorParser.unquote(token, tokens) : token.text();
    if (label.isEmpty() || QuotedText.hasEscapedBytes(label)) {
      tokens.add(token.position(), "invalid label name for grouping: " + QuotedText.quote(label));
    }
    return label;
  }

  /** The modifiers of an operator. */
  record Modifiers(boolean returnBool, VectorMatching matching) {

    boolean fills() {
      return matching.fillLeft() != null || matching.fillRight() != null;
    }

    /**
     * The matching of an expression: null where a side is no vector, unless it has what is allowed
     * between vectors only, which the check of types then reports.
     */
    @Nullable VectorMatching matchingFor(BinaryOperator operator, ValueType left, ValueType right) {
      boolean vectors = left == ValueType.VECTOR && right == ValueType.VECTOR;
      if (!vectors) {
        return matching.labels().isEmpty() && !fills() ? null : matching;
      }
      return operator.isSetOperator() && matching.cardinality() == Cardinality.ONE_TO_ONE
          ? matching.withCardinality(Cardinality.MANY_TO_MANY)
          : matching;
    }
  }
}
