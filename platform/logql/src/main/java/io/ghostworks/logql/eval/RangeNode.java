package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import java.util.Arrays;

/**
 * A range aggregation: reads samples as far as the window of the next step needs them. A series
 * with an error ends the query where one of its values would be shown, unless the query asks for
 * errors.
 */
final class RangeNode implements StepNode {
  private final SampleFeed feed;
  private final WindowGrid grid;
  private final SeriesWindows windows;
  private final QueryContext context;
  private final SampleBatch batch = new SampleBatch();
  private int at;
  private int step = -1;
  private boolean ended;
  private boolean[] checked = new boolean[16];

  RangeNode(SampleFeed feed, WindowGrid grid, SeriesWindows windows, QueryContext context) {
    this.feed = feed;
    this.grid = grid;
    this.windows = windows;
    this.context = context;
  }

  @Override
  public boolean next(StepVector out) {
    if (++step >= grid.steps()) {
      return false;
    }
    context.check();
    load();
    out.start(grid.timeMs(step));
    windows.step(step, grid.endNanos(step), out);
    for (int i = 0; i < out.size(); i++) {
      check(out.series(i));
    }
    return true;
  }

  private void load() {
    while (!ended) {
      if (at == batch.size()) {
        batch.clear();
        at = 0;
        if (!feed.next(batch)) {
          ended = true;
          return;
        }
      }
      while (at < batch.size()) {
        long time = batch.timeNanos(at);
        if (grid.locate(time)) {
          if (grid.first() > step) {
            return;
          }
          windows.add(batch.series(at), grid.first(), grid.last(), time, batch.value(at));
        }
        at++;
      }
    }
  }

  private void check(int series) {
    if (series < checked.length && checked[series]) {
      return;
    }
    SeriesErrors.check(feed.labels(series));
    if (series >= checked.length) {
      checked = Arrays.copyOf(checked, Math.max(series + 1, 2 * checked.length));
    }
    checked[series] = true;
  }

  @Override
  public Labels labels(int series) {
    return feed.labels(series);
  }

  @Override
  public void close() {
    feed.close();
  }
}
