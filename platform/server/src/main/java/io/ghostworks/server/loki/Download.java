package io.ghostworks.server.loki;

import io.ghostworks.logql.LogEngine;
import io.ghostworks.logql.LogEntry;
import io.ghostworks.logql.LogStream;
import io.ghostworks.logql.eval.LogqlEngine;
import io.ghostworks.logql.eval.LogqlOptions;
import io.ghostworks.logql.eval.LogqlRequest;
import io.ghostworks.logql.eval.LogqlResult;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.server.http.AnswerStream;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of a log query as a body that is written while it is read, one page of the query at a
 * time, so that neither rows nor body are ever there whole. A page begins at the time at which the
 * one before ended and leaves out what that had of it.
 */
final class Download implements AnswerStream {

  private static final int PAGE_ROWS = 2_000;

  /** Of no meaning for lines. */
  private static final long STEP_NANOS = 1_000_000_000L;

  private final Queries queries;
  private final QueryContext listed;
  private final RecordSource records;
  private final String query;
  private final LogqlOptions options;
  private final DownloadForm form;
  private final DownloadRow.Pages pages;
  private long startNanos;
  private long endNanos;
  private long left;
  private boolean begun;

  /**
   * What is downloaded.
   *
   * @param endNanos exclusive
   * @param rowsMax at most so many rows
   */
  record Request(String query, long startNanos, long endNanos, boolean forward, long rowsMax) {}

  /**
   * @param listed as which the download is listed and can be stopped; closed with it
   */
  Download(
      Request request,
      DownloadForm form,
      Queries queries,
      QueryContext listed,
      RecordSource records,
      LogqlOptions options) {
    this.options = options;
    this.queries = queries;
    this.listed = listed;
    this.records = records;
    this.query = request.query();
    this.form = form;
    this.pages = new DownloadRow.Pages(request.forward());
    this.startNanos = request.startNanos();
    this.endNanos = request.endNanos();
    this.left = request.rowsMax();
  }

  @Override
  public boolean write(OutputStream out) throws IOException {
    try {
      listed.check();
      int wanted = (int) Math.min(PAGE_ROWS, left) + pages.repeated();
      List<DownloadRow> page = page(wanted);
      if (!begun) {
        begun = true;
        form.begin(out);
      }
      List<DownloadRow> fresh = pages.fresh(page);
      for (DownloadRow row : fresh) {
        if (left == 0) {
          return false;
        }
        form.write(row, out);
        left--;
      }
      if (page.size() < wanted || fresh.isEmpty() || left == 0) {
        return false;
      }
      if (pages.isForward()) {
        startNanos = pages.edge();
      } else {
        endNanos = pages.edge() + 1;
      }
      return true;
    } catch (QueryException e) {
      throw LokiEndpoints.inLokisWords(e);
    }
  }

  /** At most so many rows, in the order of the download. */
  private List<DownloadRow> page(int rows) {
    if (startNanos >= endNanos) {
      return List.of();
    }
    try (QueryContext context = queries.step(listed)) {
      LogqlRequest request =
          new LogqlRequest(
              query,
              startNanos,
              endNanos,
              STEP_NANOS,
              rows,
              pages.isForward() ? LogEngine.Direction.FORWARD : LogEngine.Direction.BACKWARD);
      LogqlResult result = LogqlEngine.query(request, context, records, options).result();
      if (!(result instanceof LogqlResult.Streams streams)) {
        throw RequestException.bad("a download takes a log query: metric queries give no lines");
      }
      List<DownloadRow> page = new ArrayList<>();
      for (LogStream stream : streams.answer().streams()) {
        for (LogEntry entry : stream.entries()) {
          page.add(new DownloadRow(entry.timeNanos(), labels(stream, entry), entry.line()));
        }
      }
      Comparator<DownloadRow> byTime = Comparator.comparingLong(DownloadRow::timeNanos);
      page.sort(pages.isForward() ? byTime : byTime.reversed());
      return page;
    }
  }

  private static Labels labels(LogStream stream, LogEntry entry) {
    Labels.Builder all = stream.labels().toBuilder();
    entry.structuredMetadata().forEach(all::set);
    entry.parsed().forEach(all::set);
    return all.build();
  }

  @Override
  public void close() {
    listed.close();
  }
}
