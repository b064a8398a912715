package io.ghostworks.wire.logs;

import io.ghostworks.model.record.LogBatch;

/**
 * Finds the level and the trace context of log records and writes them into their batch: the level
 * as the attribute {@code detected_level}, as Loki's distributor stores it, and the ids in their
 * own columns. Immutable and thread-safe.
 */
public final class RecordFields {
  private final LogFieldOptions options;
  private final LevelFields levels;

  public RecordFields(LogFieldOptions options) {
    this.options = options;
    this.levels = new LevelFields(options.levelFields());
  }

  /** In which fields is looked. */
  public LogFieldOptions options() {
    return options;
  }

  /**
   * Completes a batch whose rows have their streams.
   *
   * @return the batch
   */
  public LogBatch complete(LogBatch batch) {
    if (batch.rows() > 0) {
      new BatchFields(
              batch,
              options.levels(),
              levels,
              new LineLevels(levels, options.levelJsonDepthMax()),
              new TraceContext(options))
          .complete();
    }
    return batch;
  }
}
