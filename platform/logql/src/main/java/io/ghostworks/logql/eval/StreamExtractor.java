package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import java.util.Arrays;
import java.util.List;

/**
 * Counts rows where the labels of their streams alone make their series and the scan's filter has
 * taken all others out: reads no more than times and streams, and for bytes the lines' lengths.
 */
final class StreamExtractor implements SampleExtractor {
  private static final List<Field> LINES = List.of(Field.TIME, Field.STREAM_LABELS);
  private static final List<Field> BYTES = List.of(Field.TIME, Field.STREAM_LABELS, Field.BODY);

  private final Extraction extraction;
  private final WindowGrid windows;
  private final LabelTable table;
  private int[] seriesOf = new int[16];

  private StreamExtractor(Extraction extraction, WindowGrid windows, QueryContext context) {
    this.extraction = extraction;
    this.windows = windows;
    this.table = new LabelTable(context::reserve);
  }

  /**
   * The scan whose rows are all counted.
   *
   * @param filter what keeps the rows that the pipeline would keep, and no others
   */
  static SampleScan scan(
      Extraction extraction, Filter filter, WindowGrid windows, QueryContext context) {
    return new SampleScan(
        windows.fromNanos(),
        windows.toNanos(),
        filter,
        extraction.ofBytes() ? BYTES : LINES,
        () -> new StreamExtractor(extraction, windows.another(), context));
  }

  @Override
  public void extract(ColumnBatch rows, SampleBatch out) {
    long[] times = rows.longs(0).values();
    ColumnBatch.LabelsColumn streams = rows.labels(1);
    if (seriesOf.length < streams.table().length) {
      seriesOf = new int[streams.table().length];
    }
    Arrays.fill(seriesOf, 0, streams.table().length, -1);
    ValueColumn lines = extraction.ofBytes() ? rows.values(2).values() : null;
    for (int row = 0; row < rows.rows(); row++) {
      if (windows.locate(times[row])) {
        int stream = streams.numbers()[row];
        if (seriesOf[stream] < 0) {
          seriesOf[stream] = table.number(series(streams.table()[stream]));
        }
        double value = lines == null ? 1 : ValueText.utf8Length(lines, row);
        out.add(seriesOf[stream], times[row], value);
      }
    }
  }

  private Labels series(Labels stream) {
    return extraction.noLabels() ? Labels.EMPTY : LabelSets.only(stream, extraction.groups());
  }

  @Override
  public Labels labels(int series) {
    return table.labels(series);
  }
}
