package io.ghostworks.server.prometheus;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.eval.EngineOptions;
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
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /federate}: the newest sample of each selected series within the lookback, with its time,
 * in the order of the metrics' names. The labels that the operator's prometheus.yml gives to all
 * that leaves are added to the operator's series.
 */
public final class FederateApi {

  /** What a sample, its labels apart, holds while it waits to be written. */
  private static final long SAMPLE_BYTES = 64;

  private final SeriesSource source;
  private final Queries queries;
  private final EngineOptions options;
  private final Function<TenantId, Labels> externalLabels;
  private final PromqlParser parser;

  /**
   * @param externalLabels what is added to all that leaves of a tenant
   */
  public FederateApi(
      SeriesSource source,
      Queries queries,
      EngineOptions options,
      Function<TenantId, Labels> externalLabels) {
    this.source = source;
    this.queries = queries;
    this.options = options;
    this.externalLabels = externalLabels;
    this.parser = new PromqlParser(options.parser());
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", GoPages.ERRORS)
        .get("/federate", Permission.READ, Route.Work.QUERY, queries.endpoint(this::federate));
  }

  private Answer federate(Exchange exchange, QueryContext context) {
    List<List<LabelMatcher>> selectors = Selectors.parsed(exchange, parser, "");
    FederationFormat format = FederationFormat.of(exchange.header("accept").orElse(""));
    List<FederatedSample> samples = new ArrayList<>();
    Set<Labels> seen = new HashSet<>();
    for (List<LabelMatcher> selector : selectors) {
      collect(selector, context, samples, seen);
    }
    samples.removeIf(
        sample -> sample.metric().isEmpty() || (!format.protobuf() && sample.isNative()));
    samples.sort(Comparator.comparing(FederatedSample::metric, Labels::compareUtf8));
    return Answer.streamed(200, format.contentType(), new Body(samples, format, external(exchange)))
        .compressed();
  }

  private void collect(
      List<LabelMatcher> selector,
      QueryContext context,
      List<FederatedSample> samples,
      Set<Labels> seen) {
    long now = queries.clock().epochMs();
    SeriesSelection selection =
        new SeriesSelection(selector, now - options.lookbackMs(), now, 0, 0, "");
    try (SeriesCursor cursor = source.select(selection, context)) {
      while (cursor.next()) {
        context.check();
        FederatedSample newest = newest(cursor);
        if (newest != null && seen.add(newest.labels())) {
          context.reserve(SAMPLE_BYTES + 32L * newest.labels().size());
          samples.add(newest);
        }
      }
    }
  }

  /** Null for a series that has ended. */
  private static @Nullable FederatedSample newest(SeriesCursor cursor) {
    SampleColumns columns = cursor.samples();
    int last = columns.size() - 1;
    if (last < 0) {
      return null;
    }
    FloatHistogram histogram = columns.histogram(last);
    boolean stale = histogram == null ? Samples.isStale(columns.value(last)) : histogram.isStale();
    return stale
        ? null
        : new FederatedSample(
            cursor.labels(), columns.timestampMs(last), columns.value(last), histogram);
  }

  /** The labels for what does not have them; an instance at least, so that the reader sets none. */
  private NavigableMap<String, String> external(Exchange exchange) {
    NavigableMap<String, String> labels = new TreeMap<>(Labels::compareUtf8);
    labels.put("instance", "");
    externalLabels.apply(exchange.tenant()).forEach(labels::put);
    return labels;
  }

  private static final class Body implements AnswerStream {
    private final List<FederatedSample> samples;
    private final FederationText text;
    private final FederationMessages messages;
    private final boolean protobuf;
    private int at;

    Body(
        List<FederatedSample> samples,
        FederationFormat format,
        NavigableMap<String, String> external) {
      this.samples = samples;
      this.text = new FederationText(format.names(), external);
      this.messages = new FederationMessages(format.names(), external);
      this.protobuf = format.protobuf();
    }

    /** Writes a family. */
    @Override
    public boolean write(OutputStream out) throws IOException {
      if (at < samples.size()) {
        FederatedSample before = samples.get(at++);
        begin(before);
        while (at < samples.size() && samples.get(at).continues(before)) {
          before = samples.get(at++);
          add(before);
        }
        if (protobuf) {
          messages.drainTo(out);
        } else {
          text.drainTo(out);
        }
      }
      return at < samples.size();
    }

    private void begin(FederatedSample sample) {
      if (protobuf) {
        messages.family(sample);
      } else {
        text.family(sample);
      }
      add(sample);
    }

    private void add(FederatedSample sample) {
      if (protobuf) {
        messages.sample(sample);
      } else {
        text.sample(sample);
      }
    }

    @Override
    public void close() {
      // The samples belong to nobody else.
    }
  }
}
