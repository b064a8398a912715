package io.ghostworks.records.scan;

import io.ghostworks.query.QueryContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sources of a scan in their order, several at once where there are helpers: the longer
 * the scan goes on, the more of the next ones. Used by one thread, which works as well and waits
 * for helpers no longer than for the source that each has begun.
 *
 * @param <B> the batch
 */
final class OpeningAhead<B> implements AutoCloseable {

  private static final int AHEAD_MAX = 32;

  private final List<RowSource<B>> sources;
  private final SourceFilter<B> filter;
  private final QueryContext context;
  private final @Nullable MatchedRows<B>[] opened;
  private int openedTo;
  private int ahead;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  OpeningAhead(List<RowSource<B>> sources, SourceFilter<B> filter, QueryContext context) {
    this.sources = sources;
    this.filter = filter;
    this.context = context;
    this.opened = new MatchedRows[sources.size()];
    this.ahead = 1 + context.workers().threads();
  }

  /** The rows of a source, which the caller closes; each is asked for once, in order. */
  MatchedRows<B> take(int number) {
    if (number >= openedTo) {
      openNext();
    }
    MatchedRows<B> rows = opened[number];
    if (rows == null) {
      throw new IllegalStateException("a source is opened once");
    }
    opened[number] = null;
    return rows;
  }

  private void openNext() {
    int count = Math.min(ahead, sources.size() - openedTo);
    SharedWork.run(
        context,
        openedTo,
        openedTo + count,
        number -> opened[number] = filter.open(sources.get(number), number));
    openedTo += count;
    ahead = Math.min(AHEAD_MAX, 2 * ahead);
  }

  @Override
  public void close() {
    for (int number = 0; number < opened.length; number++) {
      MatchedRows<B> rows = opened[number];
      if (rows != null) {
        opened[number] = null;
        rows.close();
      }
    }
  }
}
