package io.ghostworks.server.tempo;

import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.FieldValue;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.Signal;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The values of a tag, with Tempo's names of their types. */
final class TagValues {

  private static final int VALUES_MAX = 100_000;

  private final TempoRequest request;
  private final Attribute tag;
  private final TagConditions conditions;

  /** A value. */
  record Typed(String type, String value) implements Comparable<Typed> {
    @Override
    public int compareTo(Typed other) {
      int byValue = value.compareTo(other.value);
      return byValue != 0 ? byValue : type.compareTo(other.type);
    }
  }

  TagValues(TempoRequest request, Attribute tag, TagConditions conditions) {
    this.request = request;
    this.tag = tag;
    this.conditions = conditions;
  }

  /** The values in a range, sorted. */
  NavigableSet<Typed> in(TempoTimes.Range range) {
    Optional<NavigableSet<Typed>> words = words();
    if (words.isPresent()) {
      return words.get();
    }
    NavigableSet<Typed> values = new TreeSet<>();
    List<List<TagConditions.Condition>> asked = new ArrayList<>();
    for (List<TagConditions.Condition> group : conditions.groups()) {
      Optional<Typed> said = said(group);
      said.ifPresentOrElse(values::add, () -> asked.add(group));
    }
    if (!conditions.groups().isEmpty() && asked.isEmpty()) {
      return values;
    }
    read(new TagConditions(asked).filter(), range, values);
    return values;
  }

  /** The value that a condition of a group gives the tag. */
  private Optional<Typed> said(List<TagConditions.Condition> group) {
    return group.stream()
        .filter(condition ->
            condition.operator() == Operator.EQUAL && condition.attribute().equals(tag))
        .findFirst()
        .flatMap(condition -> typed(condition.value()));
  }

  private static Optional<Typed> typed(Static value) {
    return switch (value) {
      case Static.Text text -> Optional.of(new Typed("string", text.value()));
      case Static.Int whole -> Optional.of(new Typed("int", whole.text()));
      case Static.Real real -> Optional.of(new Typed("float", real.text()));
      case Static.Bool bool -> Optional.of(new Typed("bool", bool.text()));
      case Static.Nanos nanos -> Optional.of(new Typed("duration", nanos.text()));
      case Static.Status status -> Optional.of(new Typed("keyword", status.text()));
      case Static.Kind kind -> Optional.of(new Typed("keyword", kind.text()));
      case Static.Nil nil -> Optional.empty();
      case Static.Array array -> Optional.empty();
    };
  }

  /** Tags whose values are words of the language, or not listed. */
  private Optional<NavigableSet<Typed>> words() {
    return switch (tag.intrinsic()) {
      case STATUS -> Optional.of(keywords("ok", "error", "unset"));
      case KIND ->
          Optional.of(
              keywords("client", "server", "producer", "consumer", "internal", "unspecified"));
      case DURATION, TRACE_DURATION, TRACE_ID, SPAN_ID, PARENT_ID, LINK_SPAN_ID, LINK_TRACE_ID ->
          Optional.of(new TreeSet<>());
      case NESTED_SET_LEFT, NESTED_SET_RIGHT, NESTED_SET_PARENT, CHILD_COUNT, PARENT ->
          Optional.of(new TreeSet<>());
      default -> Optional.empty();
    };
  }

  private static NavigableSet<Typed> keywords(String... words) {
    NavigableSet<Typed> all = new TreeSet<>();
    for (String word : words) {
      all.add(new Typed("keyword", word));
    }
    return all;
  }

  private void read(Filter filter, TempoTimes.Range range, NavigableSet<Typed> into) {
    if (tag.intrinsic() == Intrinsic.TRACE_ROOT_SPAN) {
      read(Field.NAME, roots(filter), range, into);
    } else if (tag.intrinsic() == Intrinsic.TRACE_ROOT_SERVICE) {
      read(Field.SERVICE_NAME, roots(filter), range, into);
    } else if (tag.name().equals("service.name") && isOfResource()) {
      read(Field.SERVICE_NAME, filter, range, into);
      into.remove(new Typed("string", ""));
    } else if (tag.isIntrinsic() || isScoped()) {
      TagFields.field(tag).ifPresent(field -> read(field, filter, range, into));
    } else {
      read(new Field(Field.Scope.ATTRIBUTE, tag.name()), filter, range, into);
      read(new Field(Field.Scope.RESOURCE, tag.name()), filter, range, into);
      read(new Field(Field.Scope.INSTRUMENTATION, tag.name()), filter, range, into);
    }
  }

  private boolean isOfResource() {
    return tag.scope() == AttributeScope.RESOURCE;
  }

  private boolean isScoped() {
    return tag.scope() != AttributeScope.NONE;
  }

  private static Filter roots(Filter filter) {
    return new Filter.And(List.of(filter, new Filter.Not(new Filter.Exists(Field.PARENT_SPAN_ID))));
  }

  private void read(Field field, Filter filter, TempoTimes.Range range, NavigableSet<Typed> into) {
    List<FieldValue> values =
        request
            .records()
            .typedValues(
                Signal.SPANS,
                field,
                filter,
                range.startNanos(),
                range.endNanos(),
                VALUES_MAX,
                request.context());
    for (FieldValue value : values) {
      switch (value.type()) {
        case ValueColumn.STRING -> into.add(new Typed("string", value.text()));
        case ValueColumn.INT -> into.add(new Typed("int", value.text()));
        case ValueColumn.BOOL -> into.add(new Typed("bool", value.text()));
        case ValueColumn.DOUBLE ->
            into.add(new Typed("float", new Static.Real(Double.parseDouble(value.text())).text()));
        default -> {}
      }
    }
  }
}
