package io.ghostworks.logql.syntax;

import static io.ghostworks.logql.syntax.TokenKind.CLOSE_PARENTHESIS;
import static io.ghostworks.logql.syntax.TokenKind.COMMA;
import static io.ghostworks.logql.syntax.TokenKind.NUMBER;
import static io.ghostworks.logql.syntax.TokenKind.OPEN_PARENTHESIS;
import static io.ghostworks.logql.syntax.TokenKind.STRING;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.logql.quantity.GoFloat;
import io.ghostworks.logql.quantity.QuantityException;
import io.ghostworks.model.label.UserRegex;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses expressions with the binary operators between them. */
final class ExprParser {
  private final TokenStream tokens;
  private final Faults faults;
  private final SelectorParser selectors;
  private final RangeParser ranges;

  ExprParser(TokenStream tokens, Faults faults) {
    this.tokens = tokens;
    this.faults = faults;
    this.selectors = new SelectorParser(tokens);
    this.ranges = new RangeParser(tokens, selectors, faults);
  }

  Expr parse() {
    return binary(operand(), 0);
  }

  /** Goes on from a left side with operators that bind at least so strongly. */
  private Expr binary(Expr first, int precedenceMin) {
    Expr left = first;
    while (true) {
      BinaryOperator operator = operator(tokens.kind());
      if (operator == null || operator.precedence() < precedenceMin) {
        return left;
      }
      tokens.next();
      tokens.countOperator();
      boolean returnBool = tokens.accept(TokenKind.BOOL);
      VectorMatching matching = matching();
      int next = operator.precedence() + (operator.rightAssociative() ? 0 : 1);
      tokens.enter();
      Expr right = binary(operand(), next);
      tokens.leave();
      left = join(operator, left, right, returnBool, matching);
    }
  }

  private static @Nullable BinaryOperator operator(TokenKind kind) {
    return switch (kind) {
      case OR -> BinaryOperator.OR;
      case AND -> BinaryOperator.AND;
      case UNLESS -> BinaryOperator.UNLESS;
      case CMP_EQ -> BinaryOperator.EQUAL;
      case NEQ -> BinaryOperator.NOT_EQUAL;
      case LT -> BinaryOperator.LESS;
      case LTE -> BinaryOperator.LESS_OR_EQUAL;
      case GT -> BinaryOperator.GREATER;
      case GTE -> BinaryOperator.GREATER_OR_EQUAL;
      case ADD -> BinaryOperator.ADD;
      case SUB -> BinaryOperator.SUBTRACT;
      case MUL -> BinaryOperator.MULTIPLY;
      case DIV -> BinaryOperator.DIVIDE;
      case MOD -> BinaryOperator.MODULO;
      case POW -> BinaryOperator.POWER;
      default -> null;
    };
  }

  private VectorMatching matching() {
    boolean on = tokens.accept(TokenKind.ON);
    if (!on && !tokens.accept(TokenKind.IGNORING)) {
      return VectorMatching.DEFAULT;
    }
    List<String> labels = selectors.labelList();
    VectorMatching.Cardinality cardinality = VectorMatching.Cardinality.ONE_TO_ONE;
    if (tokens.accept(TokenKind.GROUP_LEFT)) {
      cardinality = VectorMatching.Cardinality.MANY_TO_ONE;
    } else if (tokens.accept(TokenKind.GROUP_RIGHT)) {
      cardinality = VectorMatching.Cardinality.ONE_TO_MANY;
    }
    boolean grouped = cardinality != VectorMatching.Cardinality.ONE_TO_ONE;
    List<String> include =
        grouped && tokens.at(OPEN_PARENTHESIS) ? selectors.labelList() : List.of();
    return new VectorMatching(cardinality, on, labels, include);
  }

  private MetricExpr join(
      BinaryOperator operator, Expr left, Expr right, boolean returnBool, VectorMatching matching) {
    String type = "unexpected type for %s leg of binary operation (%s): *syntax.%s";
    if (!(left instanceof MetricExpr leftMetric)) {
      return faults.at(type.formatted("left", operator.sign(), goType(left)));
    }
    if (!(right instanceof MetricExpr rightMetric)) {
      return faults.at(type.formatted("right", operator.sign(), goType(right)));
    }
    boolean leftNumber = leftMetric instanceof MetricExpr.Literal && !faults.has(leftMetric);
    boolean rightNumber = rightMetric instanceof MetricExpr.Literal && !faults.has(rightMetric);
    if (operator.isSet() && (leftNumber || rightNumber)) {
      MetricExpr literal = leftNumber ? leftMetric : rightMetric;
      return faults.at(
          "unexpected literal for %s leg of logical/set binary operation (%s): %f"
              .formatted(
                  leftNumber ? "left" : "right",
                  operator.sign(),
                  ((MetricExpr.Literal) literal).value()));
    }
    if (leftNumber && rightNumber) {
      return new MetricExpr.Literal(
          operator.apply(
              ((MetricExpr.Literal) leftMetric).value(),
              ((MetricExpr.Literal) rightMetric).value()));
    }
    return new MetricExpr.Binary(operator, leftMetric, rightMetric, returnBool, matching);
  }

  /** The name of the type in Loki, which its message shows. */
  private static String goType(Expr expr) {
    boolean plain = expr instanceof LogExpr log && log.stages().isEmpty();
    return plain ? "MatchersExpr" : "PipelineExpr";
  }

  private Expr operand() {
    tokens.enter();
    Expr operand = unguardedOperand();
    tokens.leave();
    return operand;
  }

  private Expr unguardedOperand() {
    return switch (tokens.kind()) {
      case OPEN_BRACE -> selectors.logExpr();
      case OPEN_PARENTHESIS -> {
        tokens.next();
        Expr inner = parse();
        close();
        yield inner;
      }
      case NUMBER, ADD, SUB -> number();
      case VECTOR -> vector();
      case LABEL_REPLACE -> labelReplace();
      default -> {
        RangeOperation range = operation(RangeOperation.class, tokens.kind());
        if (range != null) {
          yield ranges.aggregation(range);
        }
        VectorOperation vector = operation(VectorOperation.class, tokens.kind());
        if (vector != null) {
          yield aggregation(vector);
        }
        throw tokens.unexpected();
      }
    };
  }

  /** The operation whose name a token has. */
  static <E extends Enum<E>> @Nullable E operation(Class<E> operations, TokenKind kind) {
    for (E operation : operations.getEnumConstants()) {
      if (operation.name().equals(kind.name())) {
        return operation;
      }
    }
    return null;
  }

  private void close() {
    if (!tokens.accept(CLOSE_PARENTHESIS)) {
      throw tokens.unexpected();
    }
  }

  private MetricExpr number() {
    boolean negative = tokens.accept(TokenKind.SUB);
    if (!negative) {
      tokens.accept(TokenKind.ADD);
    }
    return literal(tokens.expect(NUMBER).text(), negative, "unable to parse literal as a float: ");
  }

  private MetricExpr literal(String text, boolean negative, String failure) {
    try {
      double value = GoFloat.parse(text);
      return new MetricExpr.Literal(negative ? -value : value);
    } catch (QuantityException e) {
      return faults.at(failure + e.getMessage());
    }
  }

  private MetricExpr vector() {
    tokens.next();
    tokens.expect(OPEN_PARENTHESIS);
    String text = tokens.expect(NUMBER).text();
    tokens.expect(CLOSE_PARENTHESIS);
    MetricExpr number = literal(text, false, "unable to parse vectorExpr as a float: ");
    return number instanceof MetricExpr.Literal literal && !faults.has(number)
        ? new MetricExpr.Vector(literal.value())
        : number;
  }

  private MetricExpr labelReplace() {
    tokens.next();
    tokens.expect(OPEN_PARENTHESIS);
    MetricExpr inner = metric(parse());
    List<String> texts = new ArrayList<>(4);
    for (int i = 0; i < 4; i++) {
      if (i == 0 && !tokens.at(COMMA)) {
        throw tokens.unexpected();
      }
      tokens.expect(COMMA);
      texts.add(tokens.expect(STRING).text());
    }
    tokens.expect(CLOSE_PARENTHESIS);
    String regex = texts.get(3);
    try {
      return new MetricExpr.LabelReplace(
          inner,
          texts.get(0),
          texts.get(1),
          texts.get(2),
          regex,
          UserRegex.compile("^(?:" + regex + ")$"));
    } catch (PatternSyntaxException e) {
      return faults.at("invalid regex in label_replace: " + e.getMessage());
    }
  }

  /** An expression where only samples will do. */
  private MetricExpr metric(Expr expr) {
    if (expr instanceof MetricExpr metric) {
      return metric;
    }
    throw tokens.unexpected();
  }

  private MetricExpr aggregation(VectorOperation operation) {
    tokens.next();
    MetricExpr.Grouping grouping = selectors.findGrouping();
    if (grouping == null) {
      tokens.expect(OPEN_PARENTHESIS, TokenKind.BY, TokenKind.WITHOUT);
    } else {
      tokens.expect(OPEN_PARENTHESIS);
    }
    String parameter = null;
    Expr inner;
    if (tokens.at(NUMBER)) {
      String number = tokens.next().text();
      if (tokens.accept(COMMA)) {
        parameter = number;
        inner = parse();
      } else {
        inner = binary(literal(number, false, "unable to parse literal as a float: "), 0);
      }
    } else {
      inner = parse();
    }
    MetricExpr metric = metric(inner);
    close();
    if (grouping == null) {
      grouping = selectors.findGrouping();
    }
    return aggregation(operation, metric, parameter, grouping);
  }

  private MetricExpr aggregation(
      VectorOperation operation,
      MetricExpr inner,
      @Nullable String parameter,
      MetricExpr.@Nullable Grouping grouping) {
    String word = operation.word();
    int count = 0;
    if (operation.takesCount()) {
      if (parameter == null) {
        return faults.at("parameter required for operation " + word);
      }
      try {
        count = Integer.parseInt(parameter);
      } catch (NumberFormatException e) {
        return faults.at("invalid parameter %s(%s,".formatted(word, parameter));
      }
      if (count <= 0) {
        return faults.at(
            "invalid parameter (must be greater than 0) %s(%s".formatted(word, parameter));
      }
      if (operation == VectorOperation.APPROX_TOPK && grouping != null) {
        return faults.at("grouping not allowed for %s aggregation".formatted(word));
      }
    } else if (parameter != null) {
      return faults.at("unsupported parameter for operation %s(%s,".formatted(word, parameter));
    }
    return new MetricExpr.VectorAggregation(
        operation, inner, count, grouping == null ? MetricExpr.Grouping.NONE : grouping);
  }
}
