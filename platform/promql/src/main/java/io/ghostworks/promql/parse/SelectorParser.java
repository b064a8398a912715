package io.ghostworks.promql.parse;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.promql.text.QuotedText;
import java.util.ArrayList;
import java.util.List;

/** Parses a metric's name, conditions in braces, or both. */
final class SelectorParser {
  private static final String CONTEXT = "label matching";

  private final TokenStream tokens;

  SelectorParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  Expr.VectorSelector parse() {
    if (tokens.peek().type().canNameMetric()) {
      return parseAfterName(tokens.next());
    }
    if (!tokens.at(TokenType.LEFT_BRACE)) {
      throw tokens.unexpected();
    }
    PositionRange start = tokens.peek().position();
    List<LabelMatcher> matchers = braces();
    return selector("", matchers, new PositionRange(start.start(), tokens.lastClosing()));
  }

  /** Goes on after a word that turned out to be a metric's name. */
  Expr.VectorSelector parseAfterName(Token name) {
    List<LabelMatcher> matchers = new ArrayList<>();
    int end = name.position().end();
    if (tokens.at(TokenType.LEFT_BRACE)) {
      matchers.addAll(braces());
      end = tokens.lastClosing();
    }
    matchers.add(new LabelMatcher.Equal(Labels.METRIC_NAME, name.text()));
    return selector(name.text(), matchers, new PositionRange(name.position().start(), end));
  }

  private static Expr.VectorSelector selector(
      String name, List<LabelMatcher> matchers, PositionRange position) {
    return new Expr.VectorSelector(
        name, matchers, TimeShift.NONE, Expr.Extension.NONE, false, position);
  }

  private List<LabelMatcher> braces() {
    tokens.expect(TokenType.LEFT_BRACE);
    List<LabelMatcher> matchers = new ArrayList<>();
    while (!tokens.accept(TokenType.RIGHT_BRACE)) {
      matcher(matchers);
      if (!tokens.accept(TokenType.COMMA) && !tokens.at(TokenType.RIGHT_BRACE)) {
        throw tokens.unexpected(CONTEXT, "\",\" or \"}\"");
      }
    }
    return matchers;
  }

  private void matcher(List<LabelMatcher> matchers) {
    Token label = tokens.peek();
    switch (label.type()) {
      case IDENTIFIER -> {
        tokens.next();
        if (!isOperator(tokens.peek().type())) {
          throw tokens.unexpected(CONTEXT, "label matching operator");
        }
        condition(label, label.text(), matchers);
      }
      case STRING -> {
        tokens.next();
        String name = unquote(label);
        if (isOperator(tokens.peek().type())) {
          condition(label, name, matchers);
        } else {
          matchers.add(new LabelMatcher.Equal(Labels.METRIC_NAME, name));
        }
      }
      default -> throw tokens.unexpected(CONTEXT, "identifier or \"}\"");
    }
  }

  private static boolean isOperator(TokenType type) {
    return switch (type) {
      case EQUAL, NOT_EQUAL, REGEX_EQUAL, REGEX_NOT_EQUAL -> true;
      default -> false;
    };
  }

  private void condition(Token label, String name, List<LabelMatcher> matchers) {
    Token operator = tokens.next();
    if (!tokens.at(TokenType.STRING)) {
      throw tokens.unexpected(CONTEXT, "string");
    }
    Token value = tokens.next();
    String text = unquote(value);
    try {
      matchers.add(
          switch (operator.type()) {
            case EQUAL -> new LabelMatcher.Equal(name, text);
            case NOT_EQUAL -> new LabelMatcher.NotEqual(name, text);
            case REGEX_EQUAL -> new LabelMatcher.Matches(name, AnchoredRegex.compile(text));
            default -> new LabelMatcher.NotMatches(name, AnchoredRegex.compile(text));
          });
    } catch (IllegalArgumentException e) {
      String message =
          e.getCause() instanceof PatternSyntaxException syntax
              ? String.valueOf(syntax.getMessage())
              : String.valueOf(e.getMessage());
      tokens.add(label.position().to(value.position()), message);
    }
  }

  private String unquote(Token literal) {
    return unquote(literal, tokens);
  }

  static String unquote(Token literal, TokenStream tokens) {
    try {
      return QuotedText.unquote(literal.text());
    } catch (IllegalArgumentException e) {
      tokens.add(
          literal.position(),
          "error unquoting string %s: %s"
              .formatted(QuotedText.quote(literal.text()), e.getMessage()));
      return "";
    }
  }
}
