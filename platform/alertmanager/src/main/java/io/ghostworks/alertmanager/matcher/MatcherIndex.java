package io.ghostworks.alertmanager.matcher;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many sets of matchers, of which those that labels fulfil are found without trying each: a set
 * with {@code name="value"} is only tried for labels that have that pair. Immutable.
 */
public final class MatcherIndex {

  private static final int[] NONE = {};

  private final List<List<LabelMatcher>> sets;

  /** The sets that have to be tried always, ascending. */
  private final int[] always;

  private final String[] names;

  /** By value, for each of {@link #names}: the sets that need it, ascending. */
  private final List<Map<String, int[]>> byValue;

  public MatcherIndex(List<List<LabelMatcher>> sets) {
    this.sets = sets.stream().map(List::copyOf).toList();
    List<Integer> unbound = new ArrayList<>();
    Map<String, Map<String, List<Integer>>> bound = new LinkedHashMap<>();
    for (int i = 0; i < this.sets.size(); i++) {
      LabelMatcher.Equal needed = needed(this.sets.get(i));
      if (needed == null) {
        unbound.add(i);
      } else {
        bound
            .computeIfAbsent(needed.label(), label -> new HashMap<>())
            .computeIfAbsent(needed.value(), value -> new ArrayList<>())
            .add(i);
      }
    }
    this.always = array(unbound);
    this.names = bound.keySet().toArray(String[]::new);
    this.byValue =
        bound.values().stream()
            .map(values -> {
              Map<String, int[]> arrays = new HashMap<>();
              values.forEach((value, indexes) -> arrays.put(value, array(indexes)));
              return arrays;
            })
            .toList();
  }

  private static LabelMatcher.@Nullable Equal needed(List<LabelMatcher> set) {
    for (LabelMatcher matcher : set) {
      if (matcher instanceof LabelMatcher.Equal equal && !equal.value().isEmpty()) {
        return equal;
      }
    }
    return null;
  }

  private static int[] array(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Hears of a set that labels fulfil. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param set its place among the sets
     * @return whether to go on
     */
    boolean fulfilled(int set);
  }

  /** Tells the sets that labels fulfil, ascending, until the visitor has enough. */
  public void visit(Labels labels, Visitor visitor) {
    int[][] candidates = new int[names.length + 1][];
    candidates[names.length] = always;
    for (int i = 0; i < names.length; i++) {
      candidates[i] = byValue.get(i).getOrDefault(labels.get(names[i]), NONE);
    }
    int[] at = new int[candidates.length];
    for (int set = next(candidates, at); set >= 0; set = next(candidates, at)) {
      if (Matchers.match(sets.get(set), labels) && !visitor.fulfilled(set)) {
        return;
      }
    }
  }

  /** The smallest candidate that is left, which it takes; negative where none is. */
  private static int next(int[][] candidates, int[] at) {
    int least = -1;
    for (int i = 0; i < candidates.length; i++) {
      if (at[i] < candidates[i].length
          && (least < 0 || candidates[i][at[i]] < candidates[least][at[least]])) {
        least = i;
      }
    }
    return least < 0 ? -1 : candidates[least][at[least]++];
  }
}
