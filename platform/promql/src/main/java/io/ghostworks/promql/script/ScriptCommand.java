package io.ghostworks.promql.script;

import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command of a script. */
sealed interface ScriptCommand {

  /** Forgets all samples. */
  record Clear() implements ScriptCommand {}

  /**
   * Adds samples; with {@code customBuckets} also histograms made of classic ones.
   *
   * @param starts by the place of the series whose samples they belong to
   */
  record Load(
      long stepMs,
      boolean customBuckets,
      List<SeriesDescription> series,
      Map<Integer, StartOffsets> starts)
      implements ScriptCommand {

    /** Adds the series, and with them what the conversion of classic histograms gives. */
    void into(MemorySeries store) {
      for (int i = 0; i < series.size(); i++) {
        SeriesDescription description = series.get(i);
        store.add(description, 0, stepMs);
        StartOffsets offsets = starts.get(i);
        if (offsets != null) {
          offsets.apply(description, stepMs, store);
        }
      }
      if (customBuckets) {
        CustomBucketsConversion.add(this, store);
      }
    }
  }

  /** A command that could not be read, which counts as a failed case. */
  record Unreadable(int line, String reason) implements ScriptCommand {}

  /** A query with what it must give. Filled by the parser, then only read. */
  final class Eval implements ScriptCommand {
    private final int line;
    private final String query;
    private final long timeMs;
    private final boolean range;
    private final List<Expectation> expectations = new ArrayList<>();
    private final Map<Labels, ExpectedSeries> series = new LinkedHashMap<>();
    private long startMs;
    private long endMs;
    private long stepMs;
    private boolean matrix;
    private @Nullable Double scalar;
    private @Nullable String text;

    Eval(int line, String query, long startMs, long endMs, long stepMs, boolean range) {
      this.line = line;
      this.query = query;
      this.timeMs = endMs;
      this.startMs = startMs;
      this.endMs = endMs;
      this.stepMs = stepMs;
      this.range = range;
    }

    /** The values of a series and its place in an ordered result, from 1. */
    record ExpectedSeries(int position, List<SequenceValue> values) {}

    void expect(Expectation expectation) {
      expectations.add(expectation);
    }

    void expectMatrix(long fromMs, long toMs, long newStepMs) {
      matrix = true;
      startMs = fromMs;
      endMs = toMs;
      stepMs = newStepMs;
    }

    void expectText(String expected) {
      text = expected;
    }

    void expectScalar(double expected) {
      scalar = expected;
    }

    void expectSeries(int position, SeriesDescription description) {
      series.put(description.labels(), new ExpectedSeries(position, description.values()));
    }

    int line() {
      return line;
    }

    String query() {
      return query;
    }

    /** The time of an instant query, which the range of an expected matrix moves to its end. */
    long timeMs() {
      return matrix ? endMs : timeMs;
    }

    boolean isRange() {
      return range;
    }

    long startMs() {
      return startMs;
    }

    long endMs() {
      return endMs;
    }

    long stepMs() {
      return stepMs;
    }

    @Nullable Double scalar() {
      return scalar;
    }

    @Nullable String text() {
      return text;
    }

    Map<Labels, ExpectedSeries> series() {
      return series;
    }

    boolean expects(String type) {
      return expectations.stream().anyMatch(e -> e.type().equals(type));
    }

    List<Expectation> expectations(String type) {
      return expectations.stream().filter(e -> e.type().equals(type)).toList();
    }

    /** Whether the result is an instant vector or scalar, which a range query gives as well. */
    boolean isComparableAsRange() {
      return !range && !matrix && text == null;
    }
  }
}
