package io.ghostworks.records.scan;

import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.Filter;
import io.ghostworks.records.column.Zone;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the bounds of a column tell of a filter before its values are read. */
final class ZoneTest {

  private ZoneTest() {}

  /** Whether a value of a type, within bounds, can fulfil a filter. */
  static boolean mayHold(Filter filter, byte type, @Nullable Zone zone) {
    if (type == ValueColumn.NONE) {
      return false;
    }
    if (type == ValueColumn.ARRAY || !(filter instanceof Filter.Compare compare)) {
      return true;
    }
    boolean comparable =
        switch (compare.literal()) {
          case Filter.Literal.Text text -> type == ValueColumn.STRING;
          case Filter.Literal.Whole whole -> type == ValueColumn.INT || type == ValueColumn.DOUBLE;
          case Filter.Literal.Real real -> type == ValueColumn.INT || type == ValueColumn.DOUBLE;
          case Filter.Literal.Bool bool -> type == ValueColumn.BOOL;
        };
    return comparable && !isRuledOut(filter, zone);
  }

  /** Whether no value within these bounds can fulfil a filter. */
  static boolean isRuledOut(Filter filter, @Nullable Zone zone) {
    if (!(filter instanceof Filter.Compare compare) || zone == null) {
      return false;
    }
    return switch (zone) {
      case Zone.Texts texts ->
          compare.operator() == Filter.Operator.EQUAL
              && compare.literal() instanceof Filter.Literal.Text(String text)
              && !texts.mayHave(text.getBytes(StandardCharsets.UTF_8));
      case Zone.Longs longs ->
          switch (compare.literal()) {
            case Filter.Literal.Whole(long value) -> isRuledOut(compare.operator(), value, longs);
            case Filter.Literal.Real(double value) ->
                isRuledOut(compare.operator(), value, (double) longs.min(), (double) longs.max());
            case Filter.Literal.Text text -> false;
            case Filter.Literal.Bool bool -> false;
          };
    };
  }

  private static boolean isRuledOut(Filter.Operator operator, long value, Zone.Longs longs) {
    return switch (operator) {
      case EQUAL -> value < longs.min() || value > longs.max();
      case LESS -> longs.min() >= value;
      case LESS_OR_EQUAL -> longs.min() > value;
      case GREATER -> longs.max() <= value;
      case GREATER_OR_EQUAL -> longs.max() < value;
      case NOT_EQUAL -> false;
    };
  }

  /** Of integers that are compared as doubles, which keeps their order. */
  private static boolean isRuledOut(
      Filter.Operator operator, double value, double min, double max) {
    return switch (operator) {
      case EQUAL -> value < min || value > max;
      case LESS -> min >= value;
      case LESS_OR_EQUAL -> min > value;
      case GREATER -> max <= value;
      case GREATER_OR_EQUAL -> max < value;
      case NOT_EQUAL -> false;
    };
  }
}
