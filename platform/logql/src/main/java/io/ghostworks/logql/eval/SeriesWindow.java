package io.ghostworks.logql.eval;

/**
 * The samples of one series that belong to the window of a step or to later ones, as far as the
 * function needs them. Samples come by ascending time. Used by one thread.
 */
interface SeriesWindow {

  /**
   * Adds a sample.
   *
   * @param firstStep the first step whose window has it
   * @param lastStep the last one, not before the first
   */
  void add(int firstStep, int lastStep, long timeNanos, double value);

  /** Drops what belongs to no window from a step on; whether anything is left. */
  boolean slide(int step);

  /** The function's value over what is held, of which there is some. */
  double value(long windowEndNanos);
}
