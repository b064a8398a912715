package io.ghostworks.records.scan;

import com.google.re2j.Pattern;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ArrayElements;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.record.Filter;
import io.ghostworks.records.text.Needle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a filter asks of one value, which is not of type NONE. Used by one thread. */
@FunctionalInterface
interface ValueTest {

  boolean test(byte type, long payload, ByteArena arena);

  static ValueTest of(Filter.Exists exists) {
    return (type, payload, arena) -> true;
  }

  static ValueTest of(Filter.Compare compare) {
    ValueTest scalar = scalar(compare);
    return (type, payload, arena) ->
        type == ValueColumn.ARRAY
            ? anyElement(scalar, payload, arena)
            : scalar.test(type, payload, arena);
  }

  private static boolean anyElement(ValueTest test, long array, ByteArena arena) {
    ArrayElements elements = new ArrayElements(arena, array);
    while (elements.next()) {
      if (elements.type() != ValueColumn.NONE
          && test.test(elements.type(), elements.payload(), arena)) {
        return true;
      }
    }
    return false;
  }

  private static ValueTest scalar(Filter.Compare compare) {
    Filter.Operator operator = compare.operator();
    return switch (compare.literal()) {
      case Filter.Literal.Text text -> {
        byte[] expected = text.value().getBytes(StandardCharsets.UTF_8);
        yield (type, payload, arena) ->
            type == ValueColumn.STRING && holds(operator, order(arena, payload, expected));
      }
      case Filter.Literal.Whole whole ->
          (type, payload, arena) ->
              switch (type) {
                case ValueColumn.INT -> holds(operator, Long.compare(payload, whole.value()));
                case ValueColumn.DOUBLE ->
                    holds(operator, Double.longBitsToDouble(payload), (double) whole.value());
                default -> false;
              };
      case Filter.Literal.Real real ->
          (type, payload, arena) ->
              switch (type) {
                case ValueColumn.INT -> holds(operator, (double) payload, real.value());
                case ValueColumn.DOUBLE ->
                    holds(operator, Double.longBitsToDouble(payload), real.value());
                default -> false;
              };
      case Filter.Literal.Bool bool ->
          (type, payload, arena) ->
              type == ValueColumn.BOOL
                  && holds(operator, Long.compare(payload, bool.value() ? 1 : 0));
    };
  }

  static ValueTest of(Filter.Contains contains) {
    return orElement(whole(contains));
  }

  /** What a value as a whole fulfils, or an element of it. */
  private static ValueTest orElement(ValueTest whole) {
    return (type, payload, arena) ->
        whole.test(type, payload, arena)
            || (type == ValueColumn.ARRAY && anyElement(whole, payload, arena));
  }

  private static ValueTest whole(Filter.Contains contains) {
    Needle needle = needle(contains);
    return (type, payload, arena) -> {
      if (type == ValueColumn.STRING) {
        return needle.occursIn(arena.array(), ByteArena.offset(payload), ByteArena.length(payload));
      }
      String text = ValueText.of(type, payload, arena);
      if (text == null) {
        return false;
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return needle.occursIn(bytes, 0, bytes.length);
    };
  }

  static ValueTest of(Filter.Finds finds) {
    Pattern pattern = finds.pattern();
    return orElement((type, payload, arena) -> {
      String text = ValueText.of(type, payload, arena);
      return text != null && pattern.matcher(text).find();
    });
  }

  /** What is searched for. */
  static Needle needle(Filter.Contains contains) {
    return contains.ignoresCase()
        ? Needle.ignoringCase(contains.needle())
        : Needle.of(contains.needle());
  }

  private static int order(ByteArena arena, long slice, byte[] expected) {
    int from = ByteArena.offset(slice);
    return Arrays.compareUnsigned(
        arena.array(), from, from + ByteArena.length(slice), expected, 0, expected.length);
  }

  private static boolean holds(Filter.Operator operator, int order) {
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  /** Compares as floating point does: nothing but "not equal" holds for NaN. */
  private static boolean holds(Filter.Operator operator, double left, double right) {
    return switch (operator) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
    };
  }
}
