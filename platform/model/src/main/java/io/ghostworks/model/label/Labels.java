package io.ghostworks.model.label;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A set of labels, sorted by name in the order of the names' UTF-8 bytes, as Prometheus sorts them.
 * Immutable. A label with an empty value is the same as none: {@link Builder} never holds one, only
 * {@link #ofSorted} may, for languages that tell the two apart.
 *
 * <p>For configuration, results and rare paths; batches carry {@link LabelSetTable}.
 */
public final class Labels implements Comparable<Labels> {

  /** The name of the label that holds a metric's name. */
  public static final String METRIC_NAME = "__name__";

  /** No labels. */
  public static final Labels EMPTY = new Labels(new String[0]);

  private final String[] pairs;
  private int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
  }

  /**
   * Labels from names and values in turn.
   *
   * @throws IllegalArgumentException if a name comes twice or a value is missing
   */
  public static Labels of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "the label '%s' has no value".formatted(namesAndValues[namesAndValues.length - 1]));
    }
    Builder builder = builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (builder.get(namesAndValues[i]) != null) {
        throw new IllegalArgumentException(
            "the label '%s' is there twice".formatted(namesAndValues[i]));
      }
      builder.set(namesAndValues[i], namesAndValues[i + 1]);
    }
    return builder.build();
  }

  /**
   * Labels of a store that keeps them sorted: names and values in turn, names ascending by their
   * UTF-8 bytes, none twice. Kept as they are: values are empty only where the caller wants such
   * labels to be there, as in answers to LogQL, whose parsers may extract nothing. The caller
   * vouches for it and gives the array away.
   */
  public static Labels ofSorted(String[] namesAndValues) {
    return namesAndValues.length == 0 ? EMPTY : new Labels(namesAndValues);
  }

  /** Labels from a map. */
  public static Labels of(Map<String, String> map) {
    Builder builder = builder();
    map.forEach(builder::set);
    return builder.build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these labels. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.pairs.addAll(Arrays.asList(pairs));
    return builder;
  }

  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  public String name(int index) {
    return pairs[2 * index];
  }

  public String value(int index) {
    return pairs[2 * index + 1];
  }

  /** The value of a label, or "" where there is none. */
  public String get(String name) {
    String value = find(name);
    return value == null ? "" : value;
  }

  /** The value of a label, or null where there is none. */
  public @Nullable String find(String name) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(name)) {
        return pairs[i + 1];
      }
    }
    return null;
  }

  public boolean has(String name) {
    return find(name) != null;
  }

  /** The metric's name, or "". */
  public String metricName() {
    return get(METRIC_NAME);
  }

  /** Calls with each name and value, in order. */
  public void forEach(BiConsumer<String, String> action) {
    for (int i = 0; i < pairs.length; i += 2) {
      action.accept(pairs[i], pairs[i + 1]);
    }
  }

  /** Name to value, in order; a copy. */
  public Map<String, String> toMap() {
    Map<String, String> map = new java.util.LinkedHashMap<>();
    forEach(map::put);
    return map;
  }

  /**
   * Compares as Prometheus does: label by label, name before value, then by length; by UTF-8 bytes.
   */
  @Override
  public int compareTo(Labels other) {
    int common = Math.min(pairs.length, other.pairs.length);
    for (int i = 0; i < common; i++) {
      int order = compareUtf8(pairs[i], other.pairs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(pairs.length, other.pairs.length);
  }

  /** Compares two texts by their UTF-8 bytes, without making them. */
  public static int compareUtf8(String left, String right) {
    if (left.equals(right)) {
      return 0;
    }
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) {
        return Integer.compare(utf8Rank(l), utf8Rank(r));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Surrogates stand for code points above the BMP: they come after every other char. */
  private static int utf8Rank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Labels labels && Arrays.equals(pairs, labels.pairs);
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = Arrays.hashCode(pairs);
      hash = h;
    }
    return h;
  }

  /**
   * As Prometheus prints a series: {@code up{job="api"}}; without a metric name {@code
   * {job="api"}}.
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    String name = metricName();
    boolean plainName = LabelNames.isLegacyMetricName(name);
    if (plainName) {
      out.append(name);
    }
    boolean braces = pairs.length > (plainName ? 2 : 0) || name.isEmpty() || !plainName;
    if (braces) {
      out.append('{');
      String separator = "";
      if (!plainName && !name.isEmpty()) {
        LabelNames.quote(name, out);
        separator = ", ";
      }
      for (int i = 0; i < pairs.length; i += 2) {
        if (pairs[i].equals(METRIC_NAME)) {
          continue;
        }
        out.append(separator);
        if (LabelNames.isLegacyLabelName(pairs[i])) {
          out.append(pairs[i]);
        } else {
          LabelNames.quote(pairs[i], out);
        }
        out.append('=');
        LabelNames.quote(pairs[i + 1], out);
        separator = ", ";
      }
      out.append('}');
    }
    return out.toString();
  }

  /** Collects labels; the last value set for a name counts, an empty value removes it. */
  public static final class Builder {
    private final List<String> pairs = new ArrayList<>();

    private Builder() {}

    public Builder set(String name, String value) {
      int at = indexOf(name);
      if (value.isEmpty()) {
        if (at >= 0) {
          pairs.remove(at + 1);
          pairs.remove(at);
        }
      } else if (at >= 0) {
        pairs.set(at + 1, value);
      } else {
        pairs.add(name);
        pairs.add(value);
      }
      return this;
    }

    public Builder remove(String name) {
      return set(name, "");
    }

    /** The value set, or null. */
    public @Nullable String get(String name) {
      int at = indexOf(name);
      return at < 0 ? null : pairs.get(at + 1);
    }

    /** The names set so far, in the order of their setting; a copy. */
    public List<String> names() {
      List<String> names = new ArrayList<>(pairs.size() / 2);
      for (int i = 0; i < pairs.size(); i += 2) {
        names.add(pairs.get(i));
      }
      return names;
    }

    public Labels build() {
      if (pairs.isEmpty()) {
        return EMPTY;
      }
      String[] sorted = pairs.toArray(String[]::new);
      for (int i = 2; i < sorted.length; i += 2) {
        String name = sorted[i];
        String value = sorted[i + 1];
        int j = i - 2;
        while (j >= 0 && compareUtf8(sorted[j], name) > 0) {
          sorted[j + 2] = sorted[j];
          sorted[j + 3] = sorted[j + 1];
          j -= 2;
        }
        sorted[j + 2] = name;
        sorted[j + 3] = value;
      }
      return new Labels(sorted);
    }

    private int indexOf(String name) {
      for (int i = 0; i < pairs.size(); i += 2) {
        if (pairs.get(i).equals(name)) {
          return i;
        }
      }
      return -1;
    }
  }
}
