package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.query.level.LevelColumns;
import io.ghostworks.query.series.SampleColumns;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A function over the window of a series that slides over the steps: all steps at once where the
 * series has floats alone and the function can, step by step otherwise. Used by one thread.
 */
final class WindowedFunction implements AutoCloseable {
  private static final List<String> COUNTER_TYPES = List.of("counter", "histogram");
  private static final List<String> COUNTER_SUFFIXES =
      List.of("_total", "_sum", "_count", "_bucket");

  private final Query query;
  private final Grid grid;
  private final Function called;
  private final Range range;
  private final RangeFunction function;
  private final SampleWindow window;
  private final RangeStep step;
  private final @Nullable FloatWindows floats;
  private final WindowPlans plans;
  private final WorkMeter work;

  /**
   * What a window is.
   *
   * @param position the range vector's
   * @param firstArgumentPosition that of the function's first argument
   */
  record Range(
      long rangeMs,
      TimeShift shift,
      Expr.Extension extension,
      PositionRange position,
      PositionRange firstArgumentPosition) {}

  /**
   * @param arguments the scalar arguments, in their order, by step
   */
  WindowedFunction(Query query, Grid grid, Function called, Range range, double[][] arguments) {
    this.query = query;
    this.grid = grid;
    this.called = called;
    this.range = range;
    this.function = RangeFunctions.of(called);
    this.window = new SampleWindow(query.options().startTimestamps() && looksAtStarts(called));
    this.step =
        new RangeStep(
            window,
            query.annotations(),
            range.position,
            range.firstArgumentPosition,
            range.extension,
            range.rangeMs,
            arguments);
    this.work = new WorkMeter(query.context());
    this.floats =
        range.extension == Expr.Extension.NONE
            ? FloatWindows.of(called, range.rangeMs, work)
            : null;
    this.plans =
        new WindowPlans(
            query.context(),
            InstantSelector.referenceMs(range.shift, grid.startMs()),
            range.shift.at() == null ? grid.stepMs() : 0,
            grid.steps(),
            range.rangeMs,
            FloatWindows.extrapolates(called));
  }

  private static boolean looksAtStarts(Function called) {
    return switch (called) {
      case RATE, IRATE, INCREASE, RESETS -> true;
      default -> false;
    };
  }

  /** What is to be filled with a series before each {@link #fill}. */
  SampleWindow window() {
    return window;
  }

  /**
   * Computes all steps of the window's series.
   *
   * @param result without values; gets the labels
   * @param inputDropsName whether the name of the series is to fall away already
   * @param namesNeeded whether the labels of the result are looked at as they are
   */
  void fill(Series result, boolean inputDropsName, boolean namesNeeded) {
    label(result, inputDropsName, namesNeeded);
    if (floats != null && window.hasFloatsOnly()) {
      int size = window.loadedSize();
      WindowPlan plan = plans.of(window.floatTimes(), size);
      floats.fill(plan, window.floatValues(), size, result.values());
    } else {
      stepByStep(result);
    }
    informOfNonCounter(result);
  }

  private void label(Series result, boolean inputDropsName, boolean namesNeeded) {
    boolean dropName = !RangeCall.keepsName(called) || inputDropsName;
    boolean dropNow = dropName && !query.options().delayedNameRemoval() && namesNeeded;
    result.setLabels(dropNow ? Series.withoutMetadata(window.labels()) : window.labels());
    result.setDropName(dropName);
  }

  /** {@link #fill} without its shortcut. */
  void stepByStep(Series result) {
    long lookbackMs = query.options().lookbackMs();
    long beforeMs = range.extension == Expr.Extension.NONE ? 0 : lookbackMs;
    long afterMs = range.extension == Expr.Extension.SMOOTHED ? lookbackMs : 0;
    for (int i = 0; i < grid.steps(); i++) {
      long endMs = InstantSelector.referenceMs(range.shift, grid.timeMs(i));
      window.moveTo(endMs - range.rangeMs - beforeMs, endMs + afterMs);
      if (!window.isEmpty()) {
        work.count(window.floats() + window.histograms());
        step.begin(i, grid.timeMs(i), endMs);
        function.apply(step);
        step.storeIn(result);
      }
    }
  }

  /**
   * Computes all steps of the window's series, some of whose samples are the last of a downsampled
   * row.
   */
  void fillFromRows(
      SampleColumns samples, LevelColumns levels, Series result, boolean namesNeeded) {
    if (range.extension != Expr.Extension.NONE) {
      throw Query.failure(
          "%s ranges need samples, and here are downsampled ones: leave the modifier out, or ask for a later time"
              .formatted(range.extension.name().toLowerCase(Locale.ROOT)));
    }
    label(result, false, namesNeeded);
    LevelWindow rows = new LevelWindow();
    rows.load(samples, levels);
    LevelFunctions functions = new LevelFunctions(rows, step, range.rangeMs);
    for (int i = 0; i < grid.steps(); i++) {
      long endMs = InstantSelector.referenceMs(range.shift, grid.timeMs(i));
      step.begin(i, grid.timeMs(i), endMs);
      if (rows.moveTo(endMs, range.rangeMs)) {
        work.count(rows.floatEntries() + rows.histograms().size());
        functions.apply(called);
        step.storeIn(result);
        continue;
      }
      window.moveTo(endMs - range.rangeMs, endMs);
      if (!window.isEmpty()) {
        work.count(window.floats() + window.histograms());
        function.apply(step);
        step.storeIn(result);
      }
    }
    informOfNonCounter(result);
  }

  private void informOfNonCounter(Series result) {
    if (called != Function.RATE && called != Function.INCREASE) {
      return;
    }
    String name = window.metricName();
    if (name.isEmpty() || !result.hasFloats()) {
      return;
    }
    if (query.options().typeAndUnitLabels()) {
      String type = Objects.requireNonNullElse(window.labels().get("__type__"), "");
      if (!COUNTER_TYPES.contains(type)) {
        query.annotations().possibleNonCounterType(name, type, range.firstArgumentPosition);
      }
    } else if (!isCounter(name)) {
      query.annotations().possibleNonCounter(name, range.firstArgumentPosition);
    }
  }

  private static boolean isCounter(String name) {
    for (String suffix : COUNTER_SUFFIXES) {
      if (name.endsWith(suffix)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    plans.close();
  }
}
