package io.ghostworks.traceql.parse;

import io.ghostworks.traceql.ast.Aggregate;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.PipelineElement;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.ScalarFilter;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.SpansetOperator;
import io.ghostworks.traceql.parse.QueryPart.Form;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the parts of a query: operands, what joins them, parentheses and pipelines. */
final class PartParser {
  /** What a step of a pipeline may begin with. */
  private static final Set<Form> STEP =
      EnumSet.of(Form.SPANSET, Form.ELEMENT, Form.SCALAR, Form.CONSTANT);

  private static final Set<Form> NUMBER = EnumSet.of(Form.SCALAR, Form.CONSTANT);

  private final TokenStream tokens;
  private final AttributeParser attributes;
  private final FieldParser fields;
  private final MetricsParser metrics;

  PartParser(TokenStream tokens) {
    this.tokens = tokens;
    this.attributes = new AttributeParser(tokens);
    this.fields = new FieldParser(tokens, attributes);
    this.metrics = new MetricsParser(tokens, attributes, this);
  }

  FieldParser fields() {
    return fields;
  }

  MetricsParser metrics() {
    return metrics;
  }

  /** Operands of the allowed forms, joined by what binds at least so tightly. */
  QueryPart parse(int lowest, Set<Form> allowed) {
    tokens.enter();
    QueryPart left = operand(allowed);
    while (true) {
      QueryPart joined = join(left, lowest, allowed);
      if (joined == null) {
        break;
      }
      left = joined;
    }
    tokens.leave();
    return left;
  }

  private @org.jspecify.annotations.Nullable QueryPart join(
      QueryPart left, int lowest, Set<Form> allowed) {
    return switch (left) {
      case QueryPart.Spanset spanset -> {
        SpansetOperator operator = SpansetOperators.find(tokens.kind());
        if (operator == null || SpansetOperators.precedence(operator) < lowest) {
          yield null;
        }
        yield new QueryPart.Spanset(
            spansets(operator, spanset.expression(), EnumSet.of(Form.SPANSET)));
      }
      case QueryPart.Wrapped wrapped -> {
        SpansetOperator operator = SpansetOperators.find(tokens.kind());
        if (operator == null || SpansetOperators.precedence(operator) < lowest) {
          yield null;
        }
        yield new QueryPart.Wrapped(
            spansets(operator, wrapped.expression(), EnumSet.of(Form.WRAPPED)));
      }
      case QueryPart.Element element -> null;
      default -> {
        Operator operator = FieldParser.arithmetic(tokens.kind());
        Set<Form> right =
            operator == null || FieldParser.precedence(operator) < lowest
                ? Set.of()
                : Arithmetic.rightForms(left.form(), operator, allowed);
        if (operator == null || right.isEmpty()) {
          yield null;
        }
        tokens.next();
        tokens.countOperator();
        int precedence = FieldParser.precedence(operator);
        QueryPart operand = parse(operator == Operator.POWER ? precedence : precedence + 1, right);
        yield Arithmetic.join(operator, left, operand, tokens);
      }
    };
  }

  private SpansetExpression spansets(
      SpansetOperator operator, SpansetExpression left, Set<Form> right) {
    tokens.next();
    tokens.countOperator();
    QueryPart operand = parse(SpansetOperators.precedence(operator) + 1, right);
    SpansetExpression expression =
        operand instanceof QueryPart.Spanset spanset
            ? spanset.expression()
            : ((QueryPart.Wrapped) operand).expression();
    return new SpansetExpression.Operation(operator, left, expression);
  }

  private QueryPart operand(Set<Form> allowed) {
    TokenKind kind = tokens.kind();
    return switch (kind) {
      case OPEN_BRACE -> {
        require(allowed, Form.SPANSET);
        yield new QueryPart.Spanset(metrics.filter());
      }
      case OPEN_PARENS -> parentheses(allowed);
      case COUNT, MAX, MIN, AVG, SUM -> {
        require(allowed, Form.SCALAR);
        yield new QueryPart.Scalar(aggregate());
      }
      case INTEGER, FLOAT, DURATION -> {
        require(allowed, Form.CONSTANT);
        yield new QueryPart.Constant(tokens.next().value());
      }
      case SUB -> {
        require(allowed, Form.CONSTANT);
        tokens.next();
        tokens.enter();
        QueryPart operand = operand(EnumSet.of(Form.CONSTANT));
        tokens.leave();
        yield Arithmetic.negate((QueryPart.Constant) operand);
      }
      case BY -> {
        require(allowed, Form.ELEMENT);
        yield new QueryPart.Element(by());
      }
      case SELECT -> {
        require(allowed, Form.ELEMENT);
        yield new QueryPart.Element(select());
      }
      default -> throw unexpectedOperand(allowed);
    };
  }

  private void require(Set<Form> allowed, Form form) {
    if (!allowed.contains(form)) {
      throw unexpectedOperand(allowed);
    }
  }

  private TraceqlParseException unexpectedOperand(Set<Form> allowed) {
    if (allowed.equals(Set.of(Form.SPANSET))) {
      return tokens.unexpected(TokenKind.OPEN_BRACE, TokenKind.OPEN_PARENS);
    }
    boolean wrapped =
        allowed.equals(Set.of(Form.WRAPPED)) || allowed.equals(Set.of(Form.WRAPPED_SCALAR));
    return wrapped ? tokens.unexpected(TokenKind.OPEN_PARENS) : tokens.unexpected();
  }

  private QueryPart parentheses(Set<Form> allowed) {
    tokens.next();
    boolean pipelines =
        allowed.contains(Form.WRAPPED)
            || allowed.contains(Form.WRAPPED_SCALAR)
            || allowed.contains(Form.SERIES);
    Set<Form> inner = EnumSet.copyOf(allowed);
    if (allowed.contains(Form.SCALAR)) {
      inner.add(Form.CONSTANT);
    }
    if (pipelines) {
      inner.addAll(STEP);
    } else {
      inner.remove(Form.ELEMENT);
    }
    QueryPart part = parse(0, inner);
    if (pipelines) {
      part = pipelineOf(part, allowed);
    }
    if (!tokens.at(TokenKind.CLOSE_PARENS) || !allowed.contains(part.form())) {
      boolean pipeline = pipelines && part instanceof QueryPart.Spanset;
      throw pipeline
          ? tokens.unexpected(TokenKind.CLOSE_PARENS, TokenKind.PIPE)
          : tokens.unexpected();
    }
    tokens.next();
    return part;
  }

  /** What stands in parentheses as a pipeline, if it is one or goes on as one. */
  private QueryPart pipelineOf(QueryPart start, Set<Form> allowed) {
    QueryPart part = start;
    boolean number = NUMBER.contains(part.form());
    if (number && FieldParser.comparison(tokens.kind()) != null) {
      part = new QueryPart.Element(scalarFilter(part));
    }
    if (!(part instanceof QueryPart.Spanset) && !(part instanceof QueryPart.Element)) {
      return part;
    }
    boolean plain = part instanceof QueryPart.Spanset && allowed.contains(Form.SPANSET);
    if (plain && !tokens.at(TokenKind.PIPE)) {
      return part;
    }
    QueryPart whole = pipeline(part, allowed);
    if (!tokens.at(TokenKind.CLOSE_PARENS) && whole instanceof QueryPart.Wrapped) {
      throw tokens.unexpected(TokenKind.CLOSE_PARENS, TokenKind.PIPE);
    }
    return whole;
  }

  /**
   * A pipeline whose first step was read.
   *
   * @param allowed what may come of it: {@link Form#WRAPPED} of spansets, {@link
   *     Form#WRAPPED_SCALAR} if it may end in an aggregate, {@link Form#SERIES} in a metrics
   *     function
   */
  QueryPart pipeline(QueryPart first, Set<Form> allowed) {
    List<PipelineElement> elements = new ArrayList<>();
    elements.add(element(first));
    while (tokens.accept(TokenKind.PIPE)) {
      if (allowed.contains(Form.SERIES) && metrics.starts()) {
        Pipeline pipeline = new Pipeline(elements);
        return new QueryPart.Series(
            new QueryExpression.Metrics(pipeline, metrics.function(), metrics.stages()));
      }
      if (tokens.accept(TokenKind.COALESCE)) {
        tokens.expect(TokenKind.OPEN_PARENS);
        tokens.expect(TokenKind.CLOSE_PARENS);
        elements.add(new PipelineElement.Coalesce());
        continue;
      }
      boolean bare = !tokens.at(TokenKind.OPEN_PARENS);
      QueryPart step = parse(0, STEP);
      boolean ends =
          allowed.contains(Form.WRAPPED_SCALAR) && tokens.at(TokenKind.CLOSE_PARENS) && bare;
      if (ends
          && step instanceof QueryPart.Scalar scalar
          && scalar.expression() instanceof Aggregate aggregate) {
        elements.add(aggregate);
        return new QueryPart.WrappedScalar(new Pipeline(elements));
      }
      elements.add(element(step));
    }
    return new QueryPart.Wrapped(new Pipeline(elements));
  }

  private PipelineElement element(QueryPart part) {
    return switch (part) {
      case QueryPart.Spanset spanset -> spanset.expression();
      case QueryPart.Element element -> element.element();
      default -> scalarFilter(part);
    };
  }

  /** The comparison of a number that was read; one side must have an aggregate. */
  PipelineElement scalarFilter(QueryPart left) {
    Operator operator = FieldParser.comparison(tokens.kind());
    if (operator == null) {
      throw tokens.unexpected();
    }
    tokens.next();
    QueryPart right = parse(0, NUMBER);
    if (left instanceof QueryPart.Constant && right instanceof QueryPart.Constant) {
      throw tokens.unexpected();
    }
    return new ScalarFilter(operator, Arithmetic.scalar(left), Arithmetic.scalar(right));
  }

  private Aggregate aggregate() {
    Aggregate.Function function = Aggregate.Function.valueOf(tokens.next().kind().name());
    tokens.expect(TokenKind.OPEN_PARENS);
    if (function == Aggregate.Function.COUNT) {
      tokens.expect(TokenKind.CLOSE_PARENS);
      return new Aggregate(function, null);
    }
    Aggregate aggregate = new Aggregate(function, fields.parse());
    closeExpression();
    return aggregate;
  }

  private PipelineElement by() {
    tokens.next();
    tokens.expect(TokenKind.OPEN_PARENS);
    PipelineElement by = new PipelineElement.GroupBy(fields.parse());
    closeExpression();
    return by;
  }

  private void closeExpression() {
    if (!tokens.accept(TokenKind.CLOSE_PARENS)) {
      throw tokens.unexpected();
    }
  }

  private PipelineElement select() {
    tokens.next();
    tokens.expect(TokenKind.OPEN_PARENS);
    PipelineElement select = new PipelineElement.Select(attributes.list());
    tokens.expect(TokenKind.CLOSE_PARENS, TokenKind.COMMA);
    return select;
  }
}
