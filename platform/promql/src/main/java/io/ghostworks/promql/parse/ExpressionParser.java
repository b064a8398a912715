package io.ghostworks.promql.parse;

import io.ghostworks.promql.ast.AggregateOperator;
import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.text.QuotedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses expressions by recursive descent, operators by their precedence. */
final class ExpressionParser {
  private static final int SIGN_OPERAND_PRECEDENCE = BinaryOperator.POWER.precedence();

  private final TokenStream tokens;
  private final ParserOptions options;
  private final SelectorParser selectors;
  private final DurationParser durations;
  private final PostfixParser postfixes;
  private final MatchingParser matchings;
  private int depth;

  ExpressionParser(TokenStream tokens, ParserOptions options) {
    this.tokens = tokens;
    this.options = options;
    this.selectors = new SelectorParser(tokens);
    this.durations = new DurationParser(tokens);
    this.postfixes = new PostfixParser(tokens, options, durations);
    this.matchings = new MatchingParser(tokens, durations);
  }

  /** The expression that is the whole text. */
  Expr parseAll() {
    if (tokens.at(TokenType.END_OF_INPUT)) {
      tokens.add(new PositionRange(0, 0), "no expression found in input");
      throw new TokenStream.Abandoned();
    }
    Expr expr = expression(1);
    if (!tokens.at(TokenType.END_OF_INPUT)) {
      throw tokens.unexpected();
    }
    return expr;
  }

  private Expr expression(int precedenceMin) {
    descend();
    int depthBefore = depth;
    Expr left = postfixes.apply(operand());
    while (true) {
      BinaryOperator operator = tokens.peek().type().binary();
      if (operator == null || operator.precedence() < precedenceMin) {
        depth = depthBefore - 1;
        return left;
      }
      tokens.next();
      descend();
      MatchingParser.Modifiers modifiers = matchings.parse();
      Expr right =
          expression(
              operator.isRightAssociative() ? operator.precedence() : operator.precedence() + 1);
      left = binary(operator, left, right, modifiers);
    }
  }

  private void descend() {
    if (++depth > PromqlParser.DEPTH_MAX) {
      tokens.add(
          tokens.peek().position(),
          "expressions nest at most %d deep: split the query".formatted(PromqlParser.DEPTH_MAX));
      throw new TokenStream.Abandoned();
    }
  }

  private Expr binary(
      BinaryOperator operator, Expr left, Expr right, MatchingParser.Modifiers modifiers) {
    Expr.Binary made =
        new Expr.Binary(
            operator,
            left,
            right,
            modifiers.matchingFor(operator, left.type(), right.type()),
            modifiers.returnBool());
    if (modifiers.fills() && !options.fillModifiers()) {
      tokens.add(made.position(), "binop fill modifiers are experimental and not enabled");
    }
    return made;
  }

  private Expr operand() {
    Token token = tokens.peek();
    return switch (token.type()) {
      case NUMBER, DURATION -> durations.literal();
      case STRING -> {
        tokens.next();
        yield new Expr.StringLiteral(SelectorParser.unquote(token, tokens), token.position());
      }
      case LEFT_PAREN -> {
        tokens.next();
        Expr inner = expression(1);
        Token close = tokens.expect(TokenType.RIGHT_PAREN);
        yield new Expr.Parenthesized(inner, token.position().to(close.position()));
      }
      case PLUS, MINUS -> {
        tokens.next();
        yield signed(token, expression(SIGN_OPERAND_PRECEDENCE));
      }
      case LEFT_BRACE -> selectors.parse();
      default -> word(token);
    };
  }

  private static Expr signed(Token sign, Expr operand) {
    boolean minus = sign.type() == TokenType.MINUS;
    if (operand instanceof Expr.NumberLiteral literal) {
      return new Expr.NumberLiteral(
          minus ? literal.value() * -1 : literal.value(),
          literal.duration(),
          sign.position().to(literal.position()));
    }
    return new Expr.Unary(minus, operand, sign.position().start());
  }

  private Expr word(Token word) {
    if (!word.type().canNameMetric()) {
      throw tokens.unexpected();
    }
    tokens.next();
    TokenType after = tokens.peek().type();
    boolean parenthesis = after == TokenType.LEFT_PAREN;
    return switch (word.type().kind()) {
      case AGGREGATOR ->
          parenthesis || after == TokenType.BY || after == TokenType.WITHOUT
              ? aggregation(word)
              : selectors.parseAfterName(word);
      case PREPROCESSOR -> parenthesis ? call(word) : selectors.parseAfterName(word);
      default ->
          word.type() == TokenType.IDENTIFIER && parenthesis
              ? call(word)
              : selectors.parseAfterName(word);
    };
  }

  private Expr aggregation(Token word) {
    String outer = tokens.context();
    tokens.setContext("aggregation");
    Grouping grouping = grouping();
    List<Expr> arguments = arguments();
    tokens.setContext(outer);
    if (grouping == null) {
      int end = tokens.lastClosing();
      grouping = grouping();
      if (grouping == null) {
        return aggregation(word, new Grouping(List.of(), false), arguments, end);
      }
    }
    return aggregation(word, grouping, arguments, tokens.lastClosing());
  }

  private Expr aggregation(Token word, Grouping grouping, List<Expr> arguments, int end) {
    AggregateOperator operator = word.type().aggregate();
    PositionRange position = new PositionRange(word.position().start(), end);
    if (arguments.isEmpty()) {
      tokens.add(position, "no arguments for aggregate expression provided");
      return placeholder(position);
    }
    if (operator.isExperimental() && !options.experimentalFunctions()) {
      tokens.add(
          position,
          "%s() is experimental and must be enabled with --enable-feature=promql-experimental-functions"
              .formatted(operator));
      return placeholder(position);
    }
    int wanted = operator.hasParameter() ? 2 : 1;
    if (arguments.size() != wanted) {
      tokens.add(
          position,
          "wrong number of arguments for aggregate expression provided, expected %d, got %d"
              .formatted(wanted, arguments.size()));
      return placeholder(position);
    }
    return new Expr.Aggregation(
        operator,
        arguments.getLast(),
        operator.hasParameter() ? arguments.getFirst() : null,
        grouping.labels(),
        grouping.without(),
        position);
  }

  /** Stands for what has an error, until all errors are collected. */
  private static Expr placeholder(PositionRange position) {
    return new Expr.NumberLiteral(0, false, position);
  }

  private @Nullable Grouping grouping() {
    TokenType type = tokens.peek().type();
    if (type != TokenType.BY && type != TokenType.WITHOUT) {
      return null;
    }
    tokens.next();
    return new Grouping(matchings.labels(), type == TokenType.WITHOUT);
  }

  private Expr call(Token name) {
    List<Expr> arguments = arguments();
    PositionRange position = new PositionRange(name.position().start(), tokens.lastClosing());
    Optional<Function> function = Function.find(name.text());
    if (function.isEmpty()) {
      tokens.add(name.position(), "unknown function with name " + QuotedText.quote(name.text()));
      return placeholder(position);
    }
    if (function.get().isExperimental() && !options.experimentalFunctions()) {
      tokens.add(
          name.position(), "function %s is not enabled".formatted(QuotedText.quote(name.text())));
    }
    return new Expr.Call(function.get(), dataLabels(function.get(), arguments), position);
  }

  /** The second argument of info is not evaluated: it names labels. */
  private static List<Expr> dataLabels(Function function, List<Expr> arguments) {
    if (function != Function.INFO || arguments.size() < 2) {
      return arguments;
    }
    List<Expr> marked = new ArrayList<>(arguments);
    if (marked.get(1) instanceof Expr.VectorSelector selector && selector.name().isEmpty()) {
      marked.set(1, selector.asDataLabels());
    }
    return marked;
  }

  private List<Expr> arguments() {
    tokens.expect(TokenType.LEFT_PAREN);
    List<Expr> arguments = new ArrayList<>();
    if (tokens.accept(TokenType.RIGHT_PAREN)) {
      return arguments;
    }
    arguments.add(expression(1));
    while (!tokens.accept(TokenType.RIGHT_PAREN)) {
      Token comma = tokens.expect(TokenType.COMMA);
      if (tokens.at(TokenType.RIGHT_PAREN) || tokens.at(TokenType.COMMA)) {
        tokens.add(comma.position(), "trailing commas not allowed in function call args");
      } else {
        arguments.add(expression(1));
      }
    }
    return arguments;
  }

  /** The labels of by or without. */
  private record Grouping(List<String> labels, boolean without) {}
}
