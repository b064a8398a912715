package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.AnswerStream;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.exposition.HistoryWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/export}: stored samples as text with timestamps, series after series, never
 * held whole; what {@link SeriesImportApi} reads back bit for bit.
 */
public final class SeriesExport {

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final SeriesSource source;
  private final Queries queries;
  private final PromqlParser parser;

  public SeriesExport(SeriesSource source, Queries queries, ParserOptions options) {
    this.source = source;
    this.queries = queries;
    this.parser = new PromqlParser(options);
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors())
        .getOrForm(
            "/api/v1/export", Permission.READ, Route.Work.QUERY, queries.endpoint(this::export));
  }

  private Answer export(Exchange exchange, QueryContext context) {
    List<List<LabelMatcher>> selectors = Selectors.of(exchange, parser, "");
    if (selectors.isEmpty()) {
      throw RequestException.bad("no match[] parameter provided");
    }
    long start = TimeParameters.timeMs(exchange, "start", Long.MIN_VALUE / 2);
    long end = TimeParameters.timeMs(exchange, "end", Long.MAX_VALUE / 2);
    List<SeriesSelection> selections =
        selectors.stream()
            .map(matchers -> new SeriesSelection(matchers, start, end, 0, 0, ""))
            .toList();
    return Answer.streamed(200, TEXT, new Lines(source, context, selections)).compressed();
  }

  /** The lines of some selections; a series of several is given for the first. */
  private static final class Lines implements AnswerStream {
    private final SeriesSource source;
    private final QueryContext context;
    private final List<SeriesSelection> selections;
    private int selection;
    private @Nullable SeriesCursor cursor;
    private @Nullable HistoryWriter writer;

    Lines(SeriesSource source, QueryContext context, List<SeriesSelection> selections) {
      this.source = source;
      this.context = context;
      this.selections = selections;
    }

    @Override
    public boolean write(OutputStream out) throws IOException {
      context.check();
      if (writer == null) {
        writer = new HistoryWriter(out);
      }
      if (cursor == null) {
        cursor = source.select(selections.get(selection), context);
      }
      if (!cursor.next()) {
        cursor.close();
        cursor = null;
        selection++;
      } else if (isFirst(cursor)) {
        samples(cursor, writer);
      }
      return selection < selections.size();
    }

    private boolean isFirst(SeriesCursor of) {
      return selections.subList(0, selection).stream()
          .noneMatch(before ->
              before.matchers().stream()
                  .allMatch(matcher -> {
                    String value = of.labels().find(matcher.label());
                    return matcher.matches(value == null ? "" : value);
                  }));
    }

    private static void samples(SeriesCursor from, HistoryWriter into) throws IOException {
      into.beginSeries(from.labels());
      SampleColumns samples = from.samples();
      for (int i = 0; i < samples.size(); i++) {
        FloatHistogram histogram = samples.histogram(i);
        long start = samples.startTimestampMs(i);
        if (histogram == null) {
          into.sample(samples.timestampMs(i), samples.value(i), start);
        } else {
          into.histogram(samples.timestampMs(i), histogram, start);
        }
      }
    }

    @Override
    public void close() {
      if (cursor != null) {
        cursor.close();
        cursor = null;
      }
    }
  }
}
