package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.histogram.IncompatibleHistogramsException;
import io.ghostworks.query.histogram.MutableHistogram;

/** Sums and means of the histograms in a window. */
final class HistogramsOverTime {

  private HistogramsOverTime() {}

  static void sum(RangeStep step) {
    SampleWindow window = step.window();
    Watch watch = new Watch();
    MutableHistogram sum = MutableHistogram.of(watch.see(window.histogram(0)));
    try {
      for (int i = 1; i < window.histograms(); i++) {
        watch.see(sum.addCompensated(watch.see(window.histogram(i))));
      }
    } catch (IncompatibleHistogramsException e) {
      step.annotations().mixedSchemas(window.metricName(), step.firstArgumentPosition());
      return;
    }
    watch.report(step);
    step.give(sum.settle().toHistogram());
  }

  static void average(RangeStep step) {
    SampleWindow window = step.window();
    Watch watch = new Watch();
    HistogramMean mean = new HistogramMean(watch.see(window.histogram(0)));
    try {
      for (int i = 1; i < window.histograms(); i++) {
        watch.see(mean.add(watch.see(window.histogram(i))));
      }
    } catch (IncompatibleHistogramsException e) {
      step.annotations().mixedSchemas(window.metricName(), step.firstArgumentPosition());
      return;
    }
    watch.report(step);
    step.give(mean.result().toHistogram());
  }

  /** Remembers what an aggregation has to say at its end. */
  private static final class Watch {
    private boolean reset;
    private boolean noReset;
    private boolean reconciled;

    FloatHistogram see(FloatHistogram histogram) {
      reset |= histogram.counterReset() == FloatHistogram.CounterReset.RESET;
      noReset |= histogram.counterReset() == FloatHistogram.CounterReset.NOT_RESET;
      return histogram;
    }

    void see(MutableHistogram.Outcome outcome) {
      reconciled |= outcome.boundsReconciled();
    }

    void report(RangeStep step) {
      if (reset && noReset) {
        step.annotations()
            .resetCollision(Annotations.Operation.AGGREGATION, step.firstArgumentPosition());
      }
      if (reconciled) {
        step.annotations()
            .reconciledBounds(Annotations.Operation.AGGREGATION, step.firstArgumentPosition());
      }
    }
  }
}
