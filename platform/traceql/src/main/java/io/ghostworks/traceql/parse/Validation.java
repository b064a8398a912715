package io.ghostworks.traceql.parse;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.traceql.ast.Aggregate;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.MetricsFunction;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.PipelineElement;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.ScalarExpression;
import io.ghostworks.traceql.ast.ScalarFilter;
import io.ghostworks.traceql.ast.SecondStage;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.StaticType;
import io.ghostworks.traceql.ast.TraceqlQuery;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Whether the types of a query fit, and whether all that it uses is supported. */
public final class Validation {
  private static final int GROUPS_MAX = 5;
  private static final int COMPARE_TOP_MAX = 1_000;
  private static final Attribute SERVICE_NAME =
      Attribute.of(AttributeScope.RESOURCE, "service.name");

  private Validation() {}

  /**
   * @throws TraceqlValidationException with Tempo's message for the first fault
   */
  public static void check(TraceqlQuery query) {
    List<QueryExpression> leaves = new ArrayList<>();
    collect(query.expression(), leaves);
    for (QueryExpression leaf : leaves) {
      if (leaf instanceof QueryExpression.Search search) {
        pipeline(search.pipeline());
      } else if (leaf instanceof QueryExpression.Metrics metrics) {
        pipeline(metrics.pipeline());
        function(metrics.function());
      }
    }
    stages(query.expression());
    boolean compares =
        leaves.stream()
            .anyMatch(leaf ->
                leaf instanceof QueryExpression.Metrics metrics
                    && metrics.function() instanceof MetricsFunction.Compare);
    boolean alone =
        query.expression() instanceof QueryExpression.Metrics metrics && metrics.stages().isEmpty();
    if (compares && !alone) {
      throw wrong("`compare()` cannot be used with second stage functions");
    }
  }

  private static TraceqlValidationException wrong(String message) {
    return TraceqlValidationException.wrong(message);
  }

  private static void collect(QueryExpression expression, List<QueryExpression> leaves) {
    if (expression instanceof QueryExpression.Arithmetic arithmetic) {
      collect(arithmetic.left(), leaves);
      collect(arithmetic.right(), leaves);
    } else {
      leaves.add(expression);
    }
  }

  private static void stages(QueryExpression expression) {
    switch (expression) {
      case QueryExpression.Search search -> {}
      case QueryExpression.Metrics metrics -> metrics.stages().forEach(Validation::stage);
      case QueryExpression.Arithmetic arithmetic -> {
        stages(arithmetic.left());
        stages(arithmetic.right());
        arithmetic.stages().forEach(Validation::stage);
      }
    }
  }

  private static void stage(SecondStage stage) {
    if (stage instanceof SecondStage.Top top && top.limit() <= 0) {
      throw wrong("limit must be greater than 0");
    }
  }

  private static void function(MetricsFunction function) {
    switch (function) {
      case MetricsFunction.Aggregation aggregation -> aggregation(aggregation);
      case MetricsFunction.Compare compare -> compare(compare);
    }
  }

  private static void aggregation(MetricsFunction.Aggregation aggregation) {
    int groups = aggregation.by().size();
    boolean bucketed =
        switch (aggregation.kind()) {
          case HISTOGRAM_OVER_TIME, QUANTILE_OVER_TIME, AVG_OVER_TIME -> true;
          default -> false;
        };
    if (groups > GROUPS_MAX || (bucketed && groups == GROUPS_MAX)) {
      throw TraceqlValidationException.unsupported("metrics group by " + groups + " values");
    }
    for (double quantile : aggregation.quantiles()) {
      if (quantile < 0 || quantile > 1) {
        throw wrong(
            "quantile must be between 0 and 1: "
                + BigDecimal.valueOf(quantile).stripTrailingZeros().toPlainString());
      }
    }
  }

  private static void compare(MetricsFunction.Compare compare) {
    element(compare.filter());
    if (compare.top() <= 0 || compare.top() > COMPARE_TOP_MAX) {
      throw wrong(
          "compare() top number of values must be an integer between 1 and " + COMPARE_TOP_MAX);
    }
    if (compare.startNanos() == 0 && compare.endNanos() == 0) {
      return;
    }
    if (compare.startNanos() <= 0 || compare.endNanos() <= 0) {
      throw wrong("compare() timestamps must be positive integer unix nanoseconds");
    }
    if (compare.endNanos() <= compare.startNanos()) {
      throw wrong("compare() end timestamp must be greater than start timestamp");
    }
  }

  private static void pipeline(Pipeline pipeline) {
    pipeline.elements().forEach(Validation::element);
  }

  private static void element(PipelineElement element) {
    switch (element) {
      case SpansetExpression.Filter filter -> filter(filter);
      case SpansetExpression.Operation operation -> {
        element(operation.left());
        element(operation.right());
      }
      case Pipeline pipeline -> pipeline(pipeline);
      case ScalarFilter filter -> scalarFilter(filter);
      case Aggregate aggregate -> aggregate(aggregate);
      case PipelineElement.GroupBy by -> {
        if (!by.expression().referencesSpan()) {
          throw wrong("grouping field expressions must reference the span: " + by);
        }
        field(by.expression());
      }
      case PipelineElement.Coalesce coalesce -> {}
      case PipelineElement.Select select -> select.attributes().forEach(Validation::field);
    }
  }

  private static void filter(SpansetExpression.Filter filter) {
    field(filter.expression());
    StaticType type = filter.expression().type();
    if (type != StaticType.ATTRIBUTE && type != StaticType.BOOLEAN) {
      throw wrong("span filter field expressions must resolve to a boolean: " + filter);
    }
  }

  private static void scalarFilter(ScalarFilter filter) {
    scalar(filter.left());
    scalar(filter.right());
    operands(filter.operator(), filter.left().type(), filter.right().type(), filter);
    if (!(filter.left() instanceof Aggregate)) {
      throw TraceqlValidationException.unsupported("scalar filter lhs of type (%v)");
    }
    if (!(filter.right() instanceof Static)) {
      throw TraceqlValidationException.unsupported("scalar filter rhs of type (%v)");
    }
  }

  private static void scalar(ScalarExpression expression) {
    switch (expression) {
      case Static value -> {}
      case Aggregate aggregate -> aggregate(aggregate);
      case Pipeline pipeline -> pipeline(pipeline);
      case ScalarExpression.Operation operation -> {
        scalar(operation.left());
        scalar(operation.right());
        operands(
            operation.operator(), operation.left().type(), operation.right().type(), operation);
      }
    }
  }

  private static void aggregate(Aggregate aggregate) {
    FieldExpression expression = aggregate.expression();
    if (expression == null) {
      return;
    }
    field(expression);
    StaticType type = expression.type();
    if (type != StaticType.ATTRIBUTE && !type.isNumeric()) {
      throw wrong("aggregate field expressions must resolve to a number type: " + aggregate);
    }
    if (!expression.referencesSpan()) {
      throw wrong("aggregate field expressions must reference the span: " + aggregate);
    }
  }

  static boolean isValid(FieldExpression expression) {
    try {
      field(expression);
      return true;
    } catch (TraceqlValidationException e) {
      return false;
    }
  }

  private static void field(FieldExpression expression) {
    switch (expression) {
      case Static value -> {}
      case Attribute attribute -> attribute(attribute);
      case FieldExpression.Unary unary -> unary(unary);
      case FieldExpression.Binary binary -> {
        field(binary.left());
        field(binary.right());
        operands(binary.operator(), binary.left().type(), binary.right().type(), binary);
        if (binary.operator().isRegex()) {
          regex(binary.right());
        }
      }
    }
  }

  private static void attribute(Attribute attribute) {
    if (attribute.parent()) {
      throw TraceqlValidationException.unsupported("parent");
    }
    if (attribute.intrinsic() == Intrinsic.PARENT) {
      throw TraceqlValidationException.unsupported("intrinsic (parent)");
    }
  }

  private static void unary(FieldExpression.Unary unary) {
    field(unary.operand());
    if (unary.operator() == Operator.NOT_EXISTS && unary.operand() instanceof Attribute attribute) {
      if (attribute.isIntrinsic()) {
        throw wrong(attribute + "=nil is not valid because intrinsics cannot be nil");
      }
      if (attribute.equals(SERVICE_NAME)) {
        throw wrong(attribute + "=nil is not valid because resource.service.name cannot be nil");
      }
    }
    if (!unary.operator().takesOne(unary.operand().type())) {
      throw wrong("illegal operation for the given type: " + unary);
    }
  }

  private static void operands(Operator operator, StaticType left, StaticType right, Object shown) {
    if (!left.matchesOperand(right)) {
      throw wrong("binary operations must operate on the same type: " + shown);
    }
    if (!operator.takes(left, right)) {
      throw wrong("illegal operation for the given types: " + shown);
    }
  }

  private static void regex(FieldExpression right) {
    if (!(right instanceof Static.Text text)) {
      throw wrong("invalid type for =~ or !~: " + right);
    }
    try {
      UserRegex.compile(text.value());
    } catch (PatternSyntaxException e) {
      throw wrong("invalid regex: " + right);
    }
  }
}
