package io.ghostworks.bench.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** One target: its series, in the order in which it exposes them, and how their values go on. */
public final class Target {
  private static final double DAY_SECONDS = 86_400;

  private final SplittableRandom random;
  private final List<Family> families;
  private final List<SortedMap<String, String>> labels;
  private final double[] values;
  private final double[] before;
  private final long offsetMs;
  private long scrapes;
  private long changed;
  private long timestampMs;

  private Target(Builder builder) {
    this.random = builder.random.split();
    this.families = List.copyOf(builder.families);
    this.labels = List.copyOf(builder.labels);
    this.values = new double[labels.size()];
    this.before = new double[labels.size()];
    this.offsetMs = random.nextLong(15_000);
  }

  /** The labels of its series, sorted by name. */
  public List<SortedMap<String, String>> labels() {
    return labels;
  }

  /** The values of the last scrape; the target's own array. */
  public double[] values() {
    return values;
  }

  /** When the last scrape was, in milliseconds: on the target's grid, and mostly a little late. */
  public long timestampMs() {
    return timestampMs;
  }

  /** The scrape that was due at a time. */
  public void scrape(long dueMs) {
    System.arraycopy(values, 0, before, 0, values.length);
    double day = (dueMs / 1000.0) % DAY_SECONDS / DAY_SECONDS;
    double activity = 1 - 0.6 * Math.cos(2 * Math.PI * day);
    int at = 0;
    for (Family family : families) {
      family.next(random, activity, values, at);
      at += family.size();
    }
    timestampMs = dueMs + offsetMs + jitterMs();
    if (scrapes++ > 0) {
      for (int i = 0; i < values.length; i++) {
        changed +=
            Double.doubleToRawLongBits(values[i]) == Double.doubleToRawLongBits(before[i]) ? 0 : 1;
      }
    }
  }

  /** The share of its samples that differ from the one before. */
  public double changedShare() {
    return scrapes < 2 ? 0 : changed / ((scrapes - 1) * (double) values.length);
  }

  /** As measured at real targets: p50 0, p95 1 to 2, at most 16. */
  private long jitterMs() {
    double draw = random.nextDouble();
    if (draw < 0.9) {
      return 0;
    }
    return draw < 0.98 ? 1 + random.nextLong(2) : 3 + random.nextLong(14);
  }

  /** Gathers families with their labels. */
  static final class Builder {
    private final SplittableRandom random;
    private final String job;
    private final String instance;
    private final List<Family> families = new ArrayList<>();
    private final List<SortedMap<String, String>> labels = new ArrayList<>();

    Builder(SplittableRandom random, String job, String instance) {
      this.random = random;
      this.job = job;
      this.instance = instance;
    }

    SplittableRandom random() {
      return random;
    }

    /** A family of one series. */
    Builder add(Family family, String name, String... pairs) {
      families.add(family);
      series(name, pairs);
      return this;
    }

    Builder constant(double value, String name, String... pairs) {
      return add(new Families.Constant(value), name, pairs);
    }

    Builder histogram(Families.Histogram family, double[] bounds, String name, String... pairs) {
      families.add(family);
      for (double bound : bounds) {
        series(name + "_bucket", with(pairs, "le", Double.toString(bound)));
      }
      series(name + "_bucket", with(pairs, "le", "+Inf"));
      return sumAndCount(name, pairs);
    }

    Builder summary(Families.Summary family, int quantiles, String name, String... pairs) {
      families.add(family);
      for (int i = 0; i < quantiles; i++) {
        series(name, with(pairs, "quantile", Double.toString(i / (quantiles - 1.0))));
      }
      return sumAndCount(name, pairs);
    }

    Target build() {
      return new Target(this);
    }

    private Builder sumAndCount(String name, String... pairs) {
      series(name + "_sum", pairs);
      series(name + "_count", pairs);
      return this;
    }

    private static String[] with(String[] pairs, String name, String value) {
      String[] all = java.util.Arrays.copyOf(pairs, pairs.length + 2);
      all[pairs.length] = name;
      all[pairs.length + 1] = value;
      return all;
    }

    private void series(String name, String... pairs) {
      TreeMap<String, String> set = new TreeMap<>();
      set.put("__name__", name);
      set.put("job", job);
      set.put("instance", instance);
      for (int i = 0; i < pairs.length; i += 2) {
        set.put(pairs[i], pairs[i + 1]);
      }
      labels.add(set);
    }
  }
}
