package io.ghostworks.traceql.analysis;

import io.ghostworks.traceql.analysis.ComparedAttribute.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes tell two sets of spans apart. For every value its share of each set is worked
 * out; spans without the attribute count as a value, too. An attribute ranks by the largest
 * difference of a value's shares, as Grafana's view of Tempo's {@code compare()} and Honeycomb's
 * BubbleUp rank them. Numbers of many values are counted by powers of two, since no two spans share
 * one. Not thread-safe; what it holds is bounded by its constants.
 */
public final class SetComparison {
  /** More attributes than that are not counted. */
  public static final int ATTRIBUTES_MAX = 2_000;

  /** More values of one attribute than that are not counted. */
  public static final int VALUES_MAX = 1_000;

  private static final int NUMBERS_APART_MAX = 20;
  private static final int ENTRY_BYTES = 160;

  private final Map<Key, Counts> attributes = new HashMap<>();
  private final int[] spans = new int[2];
  private boolean attributesLost;
  private long heldBytes;

  private record Key(String scope, String name) {}

  /** Of one attribute. */
  private static final class Counts {
    private final Map<String, int[]> values = new HashMap<>();
    private final Map<String, int[]> ranges = new HashMap<>();
    private final int[] spans = new int[2];
    private boolean numbersOnly = true;
    private boolean valuesLost;
  }

  /** The sets. */
  public enum Set {
    SELECTION(0),
    BASELINE(1);

    private final int index;

    Set(int index) {
      this.index = index;
    }
  }

  /** Counts a span, whose attributes are added one by one. */
  public void addSpan(Set set) {
    spans[set.index]++;
  }

  /** Counts an attribute of a span that was counted; each at most once a span. */
  public void addText(Set set, String scope, String name, String value) {
    Counts counts = counts(scope, name);
    if (counts != null) {
      counts.numbersOnly = false;
      count(counts, set, value);
    }
  }

  /** Counts a number. */
  public void addNumber(Set set, String scope, String name, double value, String text) {
    Counts counts = counts(scope, name);
    if (counts != null) {
      counts.ranges.computeIfAbsent(range(value), absent -> new int[2])[set.index]++;
      count(counts, set, text);
    }
  }

  private @Nullable Counts counts(String scope, String name) {
    Key key = new Key(scope, name);
    Counts counts = attributes.get(key);
    if (counts == null && attributes.size() == ATTRIBUTES_MAX) {
      attributesLost = true;
      return null;
    }
    if (counts == null) {
      counts = new Counts();
      attributes.put(key, counts);
      heldBytes += ENTRY_BYTES + 2L * name.length();
    }
    return counts;
  }

  private void count(Counts counts, Set set, String value) {
    counts.spans[set.index]++;
    int[] known = counts.values.get(value);
    if (known == null && counts.values.size() == VALUES_MAX) {
      counts.valuesLost = true;
      return;
    }
    if (known == null) {
      known = new int[2];
      counts.values.put(value, known);
      heldBytes += ENTRY_BYTES + 2L * value.length();
    }
    known[set.index]++;
  }

  /** The power of two below a number and the next one. */
  private static String range(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return Double.toString(value);
    }
    int exponent = Math.getExponent(value);
    String from = plain(Math.scalb(1.0, exponent));
    String to = plain(Math.scalb(1.0, exponent + 1));
    return value > 0 ? "[%s, %s)".formatted(from, to) : "(-%s, -%s]".formatted(to, from);
  }

  private static String plain(double power) {
    return power == Math.rint(power) && Math.abs(power) < 1e15
        ? Long.toString((long) power)
        : Double.toString(power);
  }

  /** How many spans a set has. */
  public int spans(Set set) {
    return spans[set.index];
  }

  /** About so many bytes are held. */
  public long heldBytes() {
    return heldBytes;
  }

  /** Whether there are attributes that were not counted. */
  public boolean attributesLost() {
    return attributesLost;
  }

  /**
   * The attributes that differ, most telling first; none if a set is empty.
   *
   * @param valuesMax of one attribute at most
   */
  public List<ComparedAttribute> ranked(int attributesMax, int valuesMax) {
    if (spans[0] == 0 || spans[1] == 0) {
      return List.of();
    }
    List<ComparedAttribute> ranked = new ArrayList<>();
    attributes.forEach((key, counts) -> {
      ComparedAttribute compared = compared(key, counts, valuesMax);
      if (compared.score() > 0) {
        ranked.add(compared);
      }
    });
    ranked.sort(
        Comparator.comparingDouble(ComparedAttribute::score)
            .reversed()
            .thenComparing(ComparedAttribute::scope)
            .thenComparing(ComparedAttribute::key));
    return ranked.subList(0, Math.min(attributesMax, ranked.size()));
  }

  private ComparedAttribute compared(Key key, Counts counts, int valuesMax) {
    boolean ranges = counts.numbersOnly && counts.values.size() > NUMBERS_APART_MAX;
    List<Value> values = new ArrayList<>();
    (ranges ? counts.ranges : counts.values)
        .forEach((text, each) -> values.add(value(text, each[0], each[1])));
    int without = spans[0] - counts.spans[0];
    int baseWithout = spans[1] - counts.spans[1];
    if (without > 0 || baseWithout > 0) {
      values.add(value(null, without, baseWithout));
    }
    values.sort(
        Comparator.comparingDouble((Value each) -> Math.abs(each.difference()))
            .reversed()
            .thenComparing(Comparator.comparingDouble(Value::difference).reversed())
            .thenComparing(Value::text, Comparator.nullsLast(Comparator.naturalOrder())));
    return new ComparedAttribute(
        key.scope,
        key.name,
        Math.abs(values.getFirst().difference()),
        ranges,
        counts.values.size(),
        counts.valuesLost && !ranges,
        values.subList(0, Math.min(valuesMax, values.size())));
  }

  private Value value(@Nullable String text, int selection, int baseline) {
    return new Value(
        text, selection, baseline, selection / (double) spans[0], baseline / (double) spans[1]);
  }
}
