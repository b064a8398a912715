package io.ghostworks.logql.search;

import java.util.List;

/**
 * The commonest values of a field.
 *
 * @param values the commonest first, those of equal count by their text
 * @param lines how many have the field
 * @param distinct how many values there are; -1 where there are more than are counted
 */
public record FieldValues(String field, List<ValueCount> values, long lines, int distinct) {
  public FieldValues {
    values = List.copyOf(values);
  }
}
