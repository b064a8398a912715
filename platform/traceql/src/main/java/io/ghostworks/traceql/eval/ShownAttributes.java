package io.ghostworks.traceql.eval;

import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.traceql.ast.Aggregate;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.PipelineElement;
import io.ghostworks.traceql.ast.ScalarExpression;
import io.ghostworks.traceql.ast.ScalarFilter;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.StaticMath;
import io.ghostworks.traceql.ast.Statics;
import io.ghostworks.traceql.eval.Spanset.Computed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an answer shows of matched spans: the attributes that the query names, as Tempo fetches
 * them. One that is compared to a value is shown only where it compares so, one without scope in
 * each scope in which it stands.
 */
public final class ShownAttributes {
  private final List<Shown> shown;
  private final @Nullable Shown name;

  private record Shown(String key, List<Condition> conditions, SpanExpression value) {

    /** Of several events or links the last one counts of which something is shown. */
    Static shown(SpanCursor cursor) {
      Static[] last = {Statics.NIL};
      value.forEach(
          cursor,
          each -> {
            if (each instanceof Static.Array array && comparesOften()) {
              Static some = Condition.of(array, element -> anyHolds(element));
              last[0] = some.isNil() ? last[0] : some;
              return;
            }
            for (Condition condition : conditions) {
              Static shown = condition.shown(each);
              if (!shown.isNil()) {
                last[0] = shown;
                return;
              }
            }
          });
      return last[0];
    }

    /** Whether there are several conditions, all comparisons: each element may fulfil another. */
    private boolean comparesOften() {
      return conditions.size() > 1 && conditions.stream().allMatch(Condition::compares);
    }

    private boolean anyHolds(Static element) {
      return conditions.stream().anyMatch(condition -> condition.holds(element));
    }
  }

  /** Null stands for any value. */
  private record Condition(
      @Nullable Operator operator, @Nullable Static operand, @Nullable AnchoredRegex regex) {
    private static final Condition ANY = new Condition(null, null, null);

    static Condition of(Operator operator, Static operand) {
      boolean regex = operator.isRegex() && operand instanceof Static.Text;
      return new Condition(operator, operand, regex ? AnchoredRegex.compile(operand.text()) : null);
    }

    /** What is shown of a value: of an array those elements that compare so; maybe nil. */
    Static shown(Static value) {
      if (operator == null || value.isNil()) {
        return operator == Operator.NOT_EXISTS ? new Static.Text("nil") : value;
      }
      if (!(value instanceof Static.Array array) || operator == Operator.EXISTS) {
        return holds(value) ? value : Statics.NIL;
      }
      return of(array, this::holds);
    }

    /** Those elements of an array that are wanted; one alone as itself. */
    static Static of(Static.Array array, Predicate<Static> wanted) {
      List<Static> elements = array.elements().stream().filter(wanted).toList();
      return switch (elements.size()) {
        case 0 -> Statics.NIL;
        case 1 -> elements.getFirst();
        default -> new Static.Array(array.type(), elements);
      };
    }

    boolean compares() {
      return operand != null && operator != null && operator.isBoolean();
    }

    private boolean holds(Static value) {
      if (operator == null || operand == null) {
        return true;
      }
      return regex != null
          ? StaticMath.matches(operator, value, regex).isTrue()
          : StaticMath.binary(operator, value, operand).isTrue();
    }
  }

  private ShownAttributes(List<Shown> shown, @Nullable Shown name) {
    this.shown = shown;
    this.name = name;
  }

  /** Of the spans that a pipeline gives. */
  public static ShownAttributes of(Pipeline pipeline, PipelineEvaluation evaluation) {
    Collection collection = new Collection();
    collection.add(pipeline);
    List<Shown> shown = new ArrayList<>();
    Shown[] name = new Shown[1];
    collection.conditions.forEach((attribute, conditions) -> {
      SpanExpression value = SpanExpression.of(attribute, evaluation.keyTable());
      Shown one = new Shown(attribute.name(), List.copyOf(conditions), value);
      if (isShown(attribute)) {
        shown.add(one);
      } else if (attribute.intrinsic() == Intrinsic.NAME) {
        name[0] = one;
      }
    });
    return new ShownAttributes(List.copyOf(shown), name[0]);
  }

  private static boolean isShown(Attribute attribute) {
    return switch (attribute.intrinsic()) {
      case NAME, DURATION, TRACE_DURATION, TRACE_ROOT_SERVICE, TRACE_ROOT_SPAN -> false;
      case TRACE_ID, SPAN_ID -> false;
      default -> true;
    };
  }

  /** The span's name if the query names it, and it is what the query compares it to. */
  public String name(TraceSpans trace, int span) {
    if (name == null) {
      return "";
    }
    SpanCursor cursor = new SpanCursor(trace);
    cursor.moveTo(span);
    Static value = name.shown(cursor);
    return value.isNil() ? "" : value.text();
  }

  public List<Computed> of(TraceSpans trace, int span) {
    SpanCursor cursor = new SpanCursor(trace);
    List<Computed> found = new ArrayList<>(shown.size());
    for (Shown one : shown) {
      cursor.moveTo(span);
      Static value = one.shown(cursor);
      if (!value.isNil()) {
        found.add(new Computed(one.key(), value));
      }
    }
    return found;
  }

  /** Walks over a pipeline as Tempo does to find what to fetch (ast_conditions.go). */
  private static final class Collection {
    private final Map<Attribute, List<Condition>> conditions = new LinkedHashMap<>();

    private void add(Attribute attribute, Condition condition) {
      boolean unscoped = attribute.scope() == AttributeScope.NONE && !attribute.isIntrinsic();
      List<Attribute> scoped =
          unscoped
              ? List.of(
                  Attribute.of(AttributeScope.SPAN, attribute.name()),
                  Attribute.of(AttributeScope.RESOURCE, attribute.name()))
              : List.of(attribute);
      scoped.forEach(
          one -> conditions.computeIfAbsent(one, key -> new ArrayList<>()).add(condition));
    }

    private void add(PipelineElement element) {
      switch (element) {
        case SpansetExpression.Filter filter -> add(filter.expression());
        case SpansetExpression.Operation operation -> {
          add(operation.left());
          add(operation.right());
        }
        case Pipeline pipeline -> pipeline.elements().forEach(this::add);
        case ScalarFilter filter -> {
          addScalar(filter.left());
          addScalar(filter.right());
        }
        case Aggregate aggregate -> addScalar(aggregate);
        case PipelineElement.GroupBy by -> add(by.expression());
        case PipelineElement.Coalesce coalesce -> {}
        case PipelineElement.Select select ->
            select.attributes().forEach(attribute -> add(attribute, Condition.ANY));
      }
    }

    private void addScalar(ScalarExpression expression) {
      if (expression instanceof Aggregate aggregate && aggregate.expression() != null) {
        add(aggregate.expression());
      }
    }

    private void add(FieldExpression expression) {
      switch (expression) {
        case Static value -> {}
        case Attribute attribute -> add(attribute, Condition.ANY);
        case FieldExpression.Unary unary -> {
          boolean absent = unary.operator() == Operator.NOT_EXISTS;
          if (absent && unary.operand() instanceof Attribute attribute) {
            add(attribute, new Condition(Operator.NOT_EXISTS, Statics.NIL, null));
          } else {
            add(unary.operand());
          }
        }
        case FieldExpression.Binary binary -> {
          Operator operator = binary.operator();
          boolean compares =
              operator.isBoolean() && operator != Operator.AND && operator != Operator.OR;
          if (compares
              && binary.left() instanceof Attribute attribute
              && binary.right() instanceof Static value) {
            add(attribute, Condition.of(operator, value));
          } else if (compares
              && binary.left() instanceof Static value
              && binary.right() instanceof Attribute attribute) {
            add(attribute, Condition.of(operator.flipped(), value));
          } else {
            add(binary.left());
            add(binary.right());
          }
        }
      }
    }
  }
}
