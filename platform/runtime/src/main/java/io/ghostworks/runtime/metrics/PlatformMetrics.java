package io.ghostworks.runtime.metrics;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.MetricType;
import io.ghostworks.runtime.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * The metrics of this process, by family. Names follow Prometheus's practice: base units, {@code
 * _total} for counters, prefix {@code ghostworks_}. Asking again for the same name and labels gives
 * the same instrument. Thread-safe; recording allocates nothing.
 */
public final class PlatformMetrics {

  private final ConcurrentSkipListMap<String, Family> families = new ConcurrentSkipListMap<>();

  /** A counter. */
  public Counter counter(String name, String help, Labels labels) {
    return (Counter)
        family(name, help, MetricType.COUNTER).children.computeIfAbsent(labels, l -> new Counter());
  }

  /**
   * A gauge that is read when it is asked for; a second registration of the same labels replaces
   * the first.
   */
  public void gauge(String name, String help, Labels labels, DoubleSupplier value) {
    family(name, help, MetricType.GAUGE).children.put(labels, new Gauge(value));
  }

  /** A counter that is kept elsewhere and read when it is asked for. */
  public void counterOf(String name, String help, Labels labels, DoubleSupplier value) {
    family(name, help, MetricType.COUNTER).children.put(labels, new Gauge(value));
  }

  /** A histogram with these upper bounds, ascending, without +Inf. */
  public Histogram histogram(String name, String help, Labels labels, double... bounds) {
    return (Histogram)
        family(name, help, MetricType.HISTOGRAM)
            .children
            .computeIfAbsent(labels, l -> new Histogram(bounds));
  }

  /**
   * A summary: quantiles of what was observed within the last ten minutes, and the sum and count of
   * all.
   *
   * @param quantiles from 0 to 1
   */
  public Summary summary(
      String name, String help, Labels labels, Clock clock, double... quantiles) {
    return (Summary)
        family(name, help, MetricType.SUMMARY)
            .children
            .computeIfAbsent(labels, l -> new Summary(clock, quantiles));
  }

  /** Forgets an instrument; who still has it records in vain. */
  public void remove(String name, Labels labels) {
    Family family = families.get(name);
    if (family != null) {
      family.children.remove(labels);
    }
  }

  /** Reads all metrics, family by family in the order of their names. */
  public void read(Reader reader) {
    families.forEach((name, family) -> {
      reader.family(name, family.help, family.type);
      for (Map.Entry<Labels, Instrument> child : family.children.entrySet()) {
        switch (child.getValue()) {
          case Counter counter -> reader.sample(name, child.getKey(), counter.value());
          case Gauge gauge -> reader.sample(name, child.getKey(), gauge.value.getAsDouble());
          case Histogram histogram -> histogram.read(name, child.getKey(), reader);
          case Summary summary -> summary.read(name, child.getKey(), reader);
        }
      }
    });
  }

  private Family family(String name, String help, MetricType type) {
    Family family = families.computeIfAbsent(name, n -> new Family(help, type));
    if (family.type != type) {
      throw new IllegalStateException(
          "the metric '%s' is already a %s".formatted(name, family.type.word()));
    }
    return family;
  }

  /**
   * Takes what {@link #read} reads. Histograms arrive as their {@code _bucket}, {@code _sum} and
   * {@code _count} samples, summaries as their quantiles, {@code _sum} and {@code _count}.
   */
  public interface Reader {
    void family(String name, String help, MetricType type);

    void sample(String name, Labels labels, double value);
  }

  private static final class Family {
    private final String help;
    private final MetricType type;
    private final Map<Labels, Instrument> children = new ConcurrentHashMap<>();

    Family(String help, MetricType type) {
      this.help = help;
      this.type = type;
    }
  }

  sealed interface Instrument permits Counter, Gauge, Histogram, Summary {}

  private record Gauge(DoubleSupplier value) implements Instrument {}

  /** Counts upwards. */
  public static final class Counter implements Instrument {
    private final LongAdder adder = new LongAdder();

    private Counter() {}

    public void increment() {
      adder.increment();
    }

    public void add(long amount) {
      adder.add(amount);
    }

    public long value() {
      return adder.sum();
    }
  }

  /** Counts observations by bucket. */
  public static final class Histogram implements Instrument {
    private final double[] bounds;
    private final LongAdder[] buckets;
    private final java.util.concurrent.atomic.DoubleAdder sum =
        new java.util.concurrent.atomic.DoubleAdder();

    private Histogram(double[] bounds) {
      this.bounds = bounds.clone();
      this.buckets = new LongAdder[bounds.length + 1];
      Arrays.setAll(buckets, i -> new LongAdder());
    }

    public void observe(double value) {
      int bucket = 0;
      while (bucket < bounds.length && value > bounds[bucket]) {
        bucket++;
      }
      buckets[bucket].increment();
      sum.add(value);
    }

    private void read(String name, Labels labels, Reader reader) {
      long cumulative = 0;
      for (int i = 0; i < buckets.length; i++) {
        cumulative += buckets[i].sum();
        String le = i < bounds.length ? Double.toString(bounds[i]) : "+Inf";
        reader.sample(name + "_bucket", labels.toBuilder().set("le", le).build(), cumulative);
      }
      reader.sample(name + "_sum", labels, sum.sum());
      reader.sample(name + "_count", labels, cumulative);
    }
  }
}
