package io.ghostworks.instrumentation.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many values one label may take: the first {@code valuesMax} distinct ones pass, every
 * later one becomes {@value #OVERFLOW} and is counted. A missing value is {@value #NONE}.
 * Thread-safe; at most a few values too many may pass when threads race at the limit.
 */
public final class LabelGuard {
  /** What stands for all values beyond the limit. */
  public static final String OVERFLOW = "_other";

  /** What stands for a missing value. */
  public static final String NONE = "_none";

  private final int valuesMax;
  private final Set<String> values = ConcurrentHashMap.newKeySet();
  private final CounterDataPoint refused;

  public LabelGuard(int valuesMax, CounterDataPoint refused) {
    if (valuesMax < 1) {
      throw new IllegalArgumentException(
          "a label must be allowed at least 1 value, got " + valuesMax);
    }
    this.valuesMax = valuesMax;
    this.refused = refused;
  }

  /** The value to use as the label. */
  public String admit(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return NONE;
    }
    if (values.contains(value)) {
      return value;
    }
    if (values.size() >= valuesMax) {
      refused.inc();
      return OVERFLOW;
    }
    values.add(value);
    return value;
  }
}
