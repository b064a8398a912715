package io.ghostworks.server.retention;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.TraceqlQuery;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.traceql.parse.TraceqlValidationException;
import java.util.List;
import java.util.Set;

/**
 * What a delete selects: one TraceQL selector of comparisons that each span alone decides, joined
 * by {@code &&} and {@code ||}. What it does not take it refuses, since a delete must select
 * exactly what its text says.
 */
final class DeletedSpans {

  private static final String TAKEN =
      "a delete takes one selector such as { resource.service.name = \"api\" && duration > 1s }: ";

  private DeletedSpans() {}

  static Filter of(String query) {
    TraceqlQuery parsed;
    try {
      parsed = TraceqlParser.parseValid(query);
    } catch (TraceqlParseException | TraceqlValidationException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
    if (parsed.expression() instanceof QueryExpression.Search search
        && search.pipeline().elements().size() == 1
        && search.pipeline().elements().getFirst() instanceof SpansetExpression.Filter selector) {
      return filter(selector.expression());
    }
    throw refused("pipelines, structural operators and metrics select no single spans");
  }

  private static Filter filter(FieldExpression expression) {
    return switch (expression) {
      case Static.Bool constant -> constant.value() ? Filter.ALL : new Filter.Or(List.of());
      case Static constant -> throw refused("'%s' is no condition".formatted(constant));
      case Attribute attribute -> compare(attribute, Operator.EQUAL, new Static.Bool(true));
      case FieldExpression.Unary unary -> unary(unary);
      case FieldExpression.Binary binary -> binary(binary);
    };
  }

  private static Filter unary(FieldExpression.Unary unary) {
    if (unary.operand() instanceof Attribute attribute) {
      if (unary.operator() == Operator.EXISTS) {
        return new Filter.Exists(DeletedFields.of(attribute));
      }
      if (unary.operator() == Operator.NOT_EXISTS) {
        return new Filter.Not(new Filter.Exists(DeletedFields.of(attribute)));
      }
    }
    throw refused("'%s' is none it takes".formatted(unary));
  }

  private static Filter binary(FieldExpression.Binary binary) {
    return switch (binary.operator()) {
      case AND -> new Filter.And(List.of(filter(binary.left()), filter(binary.right())));
      case OR -> new Filter.Or(List.of(filter(binary.left()), filter(binary.right())));
      default -> {
        if (binary.left() instanceof Attribute attribute
            && binary.right() instanceof Static constant) {
          yield compare(attribute, binary.operator(), constant);
        }
        if (binary.left() instanceof Static constant
            && binary.right() instanceof Attribute attribute) {
          yield compare(attribute, binary.operator().flipped(), constant);
        }
        throw refused("'%s' does not compare a column with a constant".formatted(binary));
      }
    };
  }

  private static Filter compare(Attribute attribute, Operator operator, Static constant) {
    Field field = DeletedFields.of(attribute);
    if (operator == Operator.REGEX && constant instanceof Static.Text text) {
      return matches(field, text.value());
    }
    if (field.equals(Field.TRACE_ID)) {
      if (operator == Operator.EQUAL && constant instanceof Static.Text text) {
        return new Filter.Traces(Set.of(TraceIdText.read(text.value())));
      }
      throw refused("a trace id is compared with '='");
    }
    return new Filter.Compare(
        field, comparison(attribute, operator), DeletedFields.literal(field, constant));
  }

  private static Filter matches(Field field, String expression) {
    try {
      return new Filter.Finds(field, UserRegex.compile("^(?:" + expression + ")$"));
    } catch (PatternSyntaxException | IllegalArgumentException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  private static Filter.Operator comparison(Attribute attribute, Operator operator) {
    return switch (operator) {
      case EQUAL -> Filter.Operator.EQUAL;
      case GREATER -> Filter.Operator.GREATER;
      case GREATER_EQUAL -> Filter.Operator.GREATER_OR_EQUAL;
      case LESS -> Filter.Operator.LESS;
      case LESS_EQUAL -> Filter.Operator.LESS_OR_EQUAL;
      case NOT_EQUAL -> {
        if (!attribute.isIntrinsic()) {
          throw refused("'!=' on '%s' may select more than is meant".formatted(attribute));
        }
        yield Filter.Operator.NOT_EQUAL;
      }
      default -> throw refused("the operator '%s' is none it takes".formatted(operator));
    };
  }

  static RequestException refused(String why) {
    return RequestException.bad(TAKEN + why);
  }
}
