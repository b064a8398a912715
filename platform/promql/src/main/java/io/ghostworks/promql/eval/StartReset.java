package io.ghostworks.promql.eval;

/**
 * What start timestamps tell about two samples that follow each other. Times are milliseconds since
 * the epoch; a start of 0 is unknown.
 */
final class StartReset {

  private StartReset() {}

  /**
   * Whether a counter began anew between two samples. One that begins exactly at the sample before
   * is a delta, unless it is a cumulative one of unknown start, which OTLP marks by a first sample
   * whose start is unknown or its own time.
   */
  static boolean between(long previousStart, long previousTime, long start, long time) {
    if (start == 0 || start >= time || start < previousTime) {
      return false;
    }
    if (start > previousTime) {
      return true;
    }
    return previousStart != 0 && previousStart < previousTime;
  }

  /** Whether a sample claims to count what another one counted already. */
  static boolean overlaps(long previousStart, long previousTime, long start) {
    return start != 0 && start < previousTime && start != previousStart;
  }

  /** Whether two floats of a window are those of a counter that began anew between them. */
  static boolean ofFloats(SampleWindow window, int previous, int index) {
    return between(
        window.floatStart(previous),
        window.floatTime(previous),
        window.floatStart(index),
        window.floatTime(index));
  }

  /** The same for histograms. */
  static boolean ofHistograms(SampleWindow window, int previous, int index) {
    return between(
        window.histogramStart(previous),
        window.histogramTime(previous),
        window.histogramStart(index),
        window.histogramTime(index));
  }
}
