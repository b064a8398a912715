package io.ghostworks.logql.eval;

import io.ghostworks.logql.RecordLabels;
import io.ghostworks.logql.pipeline.SamplePipeline;
import io.ghostworks.logql.syntax.LogqlParseException;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes samples of lines that go through a pipeline, with all labels of their records or, where
 * that gives the same, those of their streams alone.
 */
final class LineExtractor implements SampleExtractor {
  private static final List<Field> LINES = List.of(Field.TIME, Field.STREAM_LABELS, Field.BODY);

  private final SamplePipeline pipeline;
  private final boolean linesOnly;
  private final WindowGrid windows;
  private final LabelTable table;
  private Labels lastLabels = Labels.EMPTY;
  private int lastSeries = -1;

  private LineExtractor(
      SamplePipeline pipeline, boolean linesOnly, WindowGrid windows, QueryContext context) {
    this.pipeline = pipeline;
    this.linesOnly = linesOnly;
    this.windows = windows;
    this.table = new LabelTable(context::reserve);
  }

  /**
   * The scan whose rows go through the pipeline.
   *
   * @param filter what every row must fulfil that the pipeline keeps
   * @param linesOnly whether nothing but lines and their streams is needed
   * @throws LogqlParseException if a stage parses but cannot run
   */
  static SampleScan scan(
      Extraction extraction,
      Filter filter,
      boolean linesOnly,
      WindowGrid windows,
      QueryContext context) {
    extraction.pipeline(); // what cannot run is told before anything is read
    return new SampleScan(
        windows.fromNanos(),
        windows.toNanos(),
        filter,
        linesOnly ? LINES : RecordLabels.PROJECTION,
        () -> new LineExtractor(extraction.pipeline(), linesOnly, windows.another(), context));
  }

  @Override
  public void extract(ColumnBatch rows, SampleBatch out) {
    RecordLabels records = new RecordLabels(rows);
    ValueColumn lines = rows.values(2).values();
    for (int row = 0; row < rows.rows(); row++) {
      long time = records.timeNanos(row);
      if (!windows.locate(time)) {
        continue;
      }
      byte[] bytes;
      int from;
      int to;
      if (lines.type(row) == ValueColumn.STRING) {
        long slice = lines.payload(row);
        bytes = lines.arena().array();
        from = ByteArena.offset(slice);
        to = from + ByteArena.length(slice);
      } else {
        bytes = records.line(row).getBytes(StandardCharsets.UTF_8);
        from = 0;
        to = bytes.length;
      }
      Labels metadata = linesOnly ? Labels.EMPTY : records.structuredMetadata(row);
      if (pipeline.process(time, bytes, from, to, records.stream(row), metadata)) {
        out.add(series(pipeline.labels()), time, pipeline.value());
      }
    }
  }

  /** Rows of one series mostly follow one another and share one label set. */
  @SuppressWarnings("ReferenceEquality")
  private int series(Labels labels) {
    if (lastSeries < 0 || labels != lastLabels) {
      lastLabels = labels;
      lastSeries = table.number(labels);
    }
    return lastSeries;
  }

  @Override
  public Labels labels(int series) {
    return table.labels(series);
  }
}
