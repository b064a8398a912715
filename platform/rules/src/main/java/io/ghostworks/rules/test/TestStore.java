package io.ghostworks.rules.test;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.promql.script.MemorySeries;
import io.ghostworks.promql.script.SequenceValue;
import io.ghostworks.promql.script.SeriesDescription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The series of one test: the input, which appears as time goes by, and what the rules write. As in
 * Prometheus without a window for late samples, a series grows at its end only, and a sample that
 * comes again must be the same.
 */
final class TestStore implements TelemetrySink<SeriesBatch> {
  private final MemorySeries series = new MemorySeries();
  private final List<Input> inputs = new ArrayList<>();
  private final Map<Labels, Last> last = new HashMap<>();

  private record Last(long timestampMs, long bits, @Nullable FloatHistogram histogram) {
    boolean isSame(Last other) {
      return bits == other.bits && Objects.equals(histogram, other.histogram);
    }
  }

  /** A series of the input and how much of it was taken. */
  private static final class Input {
    private final SeriesDescription description;
    private int next;

    Input(SeriesDescription description) {
      this.description = description;
    }
  }

  /** All series; filled up to the latest {@link #advance}. */
  MemorySeries series() {
    return series;
  }

  /** Adds a series whose samples come with {@link #advance}. */
  void add(SeriesDescription description) {
    inputs.add(new Input(description));
  }

  /**
   * Takes the input up to a time, inclusive.
   *
   * @return why a sample was refused, or ""; then the rest waits for the next time
   */
  String advance(long startMs, long intervalMs, long nowMs) {
    for (Input input : inputs) {
      List<SequenceValue> values = input.description.values();
      while (input.next < values.size() && startMs + input.next * intervalMs <= nowMs) {
        SequenceValue value = values.get(input.next);
        long timestampMs = startMs + input.next * intervalMs;
        input.next++;
        if (value.omitted()) {
          continue;
        }
        Last sample =
            new Last(timestampMs, Double.doubleToRawLongBits(value.value()), value.histogram());
        String refused = append(input.description.labels(), sample);
        if (!refused.isEmpty()) {
          return refused;
        }
      }
    }
    return "";
  }

  private String append(Labels labels, Last sample) {
    Last before = last.get(labels);
    if (before != null && sample.timestampMs() < before.timestampMs()) {
      return "out of order sample";
    }
    if (before != null && sample.timestampMs() == before.timestampMs()) {
      return sample.isSame(before) ? "" : "duplicate sample for timestamp";
    }
    last.put(labels, sample);
    FloatHistogram histogram = sample.histogram();
    if (histogram == null) {
      series.add(labels, sample.timestampMs(), Double.longBitsToDouble(sample.bits()));
    } else {
      series.add(labels, sample.timestampMs(), histogram);
    }
    return "";
  }

  @Override
  public CompletableFuture<Acknowledgement> offer(TenantId tenant, SeriesBatch batch) {
    List<Rejection> refused = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      boolean histogram = batch.isHistogram(row);
      Labels labels = batch.sets().labels(batch.set(row));
      String reason =
          append(
              labels,
              new Last(
                  batch.timestampMs(row),
                  histogram ? 0 : batch.valueBits(row),
                  histogram ? batch.histogram(row) : null));
      if (!reason.isEmpty()) {
        refused.add(
            new Rejection(
                reason.startsWith("out")
                    ? Rejection.Reason.OUT_OF_ORDER
                    : Rejection.Reason.DUPLICATE_TIMESTAMP,
                1,
                reason));
      }
    }
    return CompletableFuture.completedFuture(
        new Acknowledgement(batch.rows() - refused.size(), refused));
  }
}
