package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.server.http.AnswerStream;
import io.ghostworks.wire.remoteread.ChunkFrames;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series of some selections as a stream of chunks, one series after the other. */
final class ChunkStream implements AnswerStream {

  private final SeriesSource source;
  private final QueryContext context;
  private final List<SeriesSelection> selections;
  private final Labels external;
  private final int frameBytes;
  private @Nullable ChunkFrames frames;
  private @Nullable SeriesCursor cursor;
  private int selection;

  ChunkStream(
      SeriesSource source,
      QueryContext context,
      List<SeriesSelection> selections,
      Labels external,
      int frameBytes) {
    this.source = source;
    this.context = context;
    this.selections = selections;
    this.external = external;
    this.frameBytes = frameBytes;
  }

  @Override
  public boolean write(OutputStream out) throws IOException {
    if (frames == null) {
      frames = new ChunkFrames(out, frameBytes);
    }
    context.check();
    if (selection == selections.size()) {
      return false;
    }
    if (cursor == null) {
      cursor = source.select(selections.get(selection), context);
    }
    if (cursor.next()) {
      series(cursor, frames);
    } else {
      cursor.close();
      cursor = null;
      selection++;
    }
    return selection < selections.size();
  }

  private void series(SeriesCursor from, ChunkFrames into) throws IOException {
    SampleColumns samples = from.samples();
    into.beginSeries(selection, RemoteRead.withExternal(from.labels(), external));
    for (int i = 0; i < samples.size(); i++) {
      FloatHistogram histogram = samples.histogram(i);
      if (histogram == null) {
        into.sample(samples.timestampMs(i), samples.value(i));
      } else {
        into.histogram(samples.timestampMs(i), histogram);
      }
    }
    into.endSeries();
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }
}
