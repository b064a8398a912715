package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.ast.DurationExpr;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.promql.ast.ValueType;
import io.ghostworks.promql.ast.VectorMatching;
import io.ghostworks.promql.text.FloatText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression as JSON, as Prometheus gives it to its own page (web/api/v1/translate_ast.go): an
 * object a node, its fields in the order of their names.
 */
final class ExprJson {

  private ExprJson() {}

  static void write(GoJson json, @Nullable Expr expr) {
    switch (expr) {
      case null -> json.nothing();
      case Expr.Aggregation aggregation -> aggregation(json, aggregation);
      case Expr.Binary binary -> binary(json, binary);
      case Expr.Call call -> call(json, call);
      case Expr.MatrixSelector matrix -> matrix(json, matrix);
      case Expr.Subquery subquery -> subquery(json, subquery);
      case Expr.NumberLiteral number -> {
        json.object().name("type").text("numberLiteral");
        json.name("val").text(FloatText.format(number.value())).endObject();
      }
      case Expr.Parenthesized parenthesized -> {
        write(json.object().name("expr"), parenthesized.expr());
        json.name("type").text("parenExpr").endObject();
      }
      case Expr.StringLiteral string -> {
        json.object().name("type").text("stringLiteral");
        json.name("val").text(string.value()).endObject();
      }
      case Expr.Unary unary -> {
        write(json.object().name("expr"), unary.expr());
        json.name("op").text(unary.minus() ? "-" : "+").name("type").text("unaryExpr").endObject();
      }
      case Expr.VectorSelector selector -> vector(json, selector);
    }
  }

  private static void aggregation(GoJson json, Expr.Aggregation aggregation) {
    write(json.object().name("expr"), aggregation.expr());
    json.name("grouping").texts(aggregation.grouping());
    json.name("op").text(aggregation.operator().word());
    write(json.name("param"), aggregation.parameter());
    json.name("type").text("aggregation").name("without").bool(aggregation.without()).endObject();
  }

  private static void binary(GoJson json, Expr.Binary binary) {
    write(json.object().name("bool").bool(binary.returnBool()).name("lhs"), binary.left());
    json.name("matching");
    VectorMatching matching = binary.matching();
    if (matching == null) {
      json.nothing();
    } else {
      json.object().name("card").text(matching.cardinality().word()).name("fillValues").object();
      fill(json.name("lhs"), matching.fillLeft());
      fill(json.name("rhs"), matching.fillRight());
      json.endObject().name("include").texts(matching.include());
      json.name("labels").texts(matching.labels()).name("on").bool(matching.on()).endObject();
    }
    write(json.name("op").text(binary.operator().toString()).name("rhs"), binary.right());
    json.name("type").text("binaryExpr").endObject();
  }

  private static void fill(GoJson json, @Nullable Double value) {
    if (value == null) {
      json.nothing();
    } else {
      json.number(value);
    }
  }

  private static void call(GoJson json, Expr.Call call) {
    json.object().name("args").array();
    call.arguments().forEach(argument -> write(json, argument));
    Function function = call.function();
    json.endArray().name("func").object().name("argTypes").array();
    for (ValueType type : function.argumentTypes()) {
      json.text(type.word());
    }
    json.endArray().name("name").text(function.functionName());
    json.name("returnType").text(function.returnType().word());
    json.name("variadic").number(function.variadic()).endObject();
    json.name("type").text("call").endObject();
  }

  private static void matrix(GoJson json, Expr.MatrixSelector matrix) {
    Expr.VectorSelector selector = matrix.selector();
    beginning(json, selector);
    json.name("range").number(matrix.rangeMs());
    duration(json.name("rangeExpr"), matrix.rangeExpression());
    json.name("smoothed").bool(selector.extension() == Expr.Extension.SMOOTHED);
    end(json, selector.shift(), "matrixSelector");
  }

  private static void vector(GoJson json, Expr.VectorSelector selector) {
    beginning(json, selector);
    json.name("smoothed").bool(selector.extension() == Expr.Extension.SMOOTHED);
    end(json, selector.shift(), "vectorSelector");
  }

  private static void beginning(GoJson json, Expr.VectorSelector selector) {
    json.object().name("anchored").bool(selector.extension() == Expr.Extension.ANCHORED);
    matchers(json.name("matchers"), selector.matchers());
    json.name("name").text(selector.name()).name("offset").number(selector.shift().offsetMs());
    duration(json.name("offsetExpr"), selector.shift().offsetExpression());
  }

  private static void matchers(GoJson json, List<LabelMatcher> matchers) {
    json.array();
    for (LabelMatcher matcher : matchers) {
      json.object().name("name").text(matcher.label());
      json.name("type").text(operator(matcher)).name("value").text(value(matcher)).endObject();
    }
    json.endArray();
  }

  private static String operator(LabelMatcher matcher) {
    return switch (matcher) {
      case LabelMatcher.Equal equal -> "=";
      case LabelMatcher.NotEqual notEqual -> "!=";
      case LabelMatcher.Matches matches -> "=~";
      case LabelMatcher.NotMatches notMatches -> "!~";
    };
  }

  private static String value(LabelMatcher matcher) {
    return switch (matcher) {
      case LabelMatcher.Equal equal -> equal.value();
      case LabelMatcher.NotEqual notEqual -> notEqual.value();
      case LabelMatcher.Matches matches -> matches.regex().source();
      case LabelMatcher.NotMatches notMatches -> notMatches.regex().source();
    };
  }

  private static void subquery(GoJson json, Expr.Subquery subquery) {
    write(json.object().name("expr"), subquery.expr());
    json.name("offset").number(subquery.shift().offsetMs());
    duration(json.name("offsetExpr"), subquery.shift().offsetExpression());
    json.name("range").number(subquery.rangeMs());
    duration(json.name("rangeExpr"), subquery.rangeExpression());
    startOrEnd(json, subquery.shift());
    json.name("step").number(subquery.stepMs());
    duration(json.name("stepExpr"), subquery.stepExpression());
    timestamp(json, subquery.shift());
    json.name("type").text("subquery").endObject();
  }

  private static void end(GoJson json, TimeShift shift, String type) {
    startOrEnd(json, shift);
    timestamp(json, shift);
    json.name("type").text(type).endObject();
  }

  private static void startOrEnd(GoJson json, TimeShift shift) {
    json.name("startOrEnd");
    switch (shift.at()) {
      case TimeShift.At.Start start -> json.text("start");
      case TimeShift.At.End end -> json.text("end");
      case null, default -> json.nothing();
    }
  }

  private static void timestamp(GoJson json, TimeShift shift) {
    json.name("timestamp");
    if (shift.at() instanceof TimeShift.At.Timestamp at) {
      json.number(at.timestampMs());
    } else {
      json.nothing();
    }
  }

  private static void duration(GoJson json, @Nullable DurationExpr expr) {
    switch (expr) {
      case null -> json.nothing();
      case DurationExpr.Literal literal -> {
        json.object().name("duration").bool(literal.number().duration());
        json.name("type").text("numberLiteral");
        json.name("val").text(FloatText.format(literal.number().value())).endObject();
      }
      case DurationExpr.QueryValue value ->
          durationNode(json, null, value.isStep() ? "step" : "range", null, value.wrapped());
      case DurationExpr.Operation operation ->
          durationNode(
              json,
              operation.left(),
              operation.operator().symbol(),
              operation.right(),
              operation.wrapped());
    }
  }

  private static void durationNode(
      GoJson json,
      @Nullable DurationExpr left,
      String operator,
      @Nullable DurationExpr right,
      boolean wrapped) {
    duration(json.object().name("lhs"), left);
    duration(json.name("op").text(operator).name("rhs"), right);
    json.name("type").text("durationExpr").name("wrapped").bool(wrapped).endObject();
  }
}
