package io.ghostworks.server.prometheus;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleColumns;
import io.ghostworks.query.series.SeriesCursor;
import io.ghostworks.query.series.SeriesSelection;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Queries;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.wire.compress.ContentCoding;
import io.ghostworks.wire.remoteread.ReadRequest;
import io.ghostworks.wire.remoteread.ReadRequestDecoder;
import io.ghostworks.wire.remoteread.SamplesResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prometheus remote read: one message of samples, or a stream of chunks. External labels stand on
 * every series that is given, and a matcher that asks for one of them with its value finds the
 * series that have no such label, since stored series do not.
 *
 * <p>Source: prometheus storage/remote/read_handler.go.
 */
public final class RemoteRead {

  private static final int FRAME_BYTES = 1 << 20;

  /** What one sample takes at most in a message, its share of the growing buffer included. */
  private static final long SAMPLE_BYTES = 64;

  private final SeriesSource source;
  private final Queries queries;
  private final Bodies bodies;
  private final Function<TenantId, Labels> externalLabels;
  private final long samplesMax;

  /**
   * @param externalLabels of a tenant
   * @param samplesMax of an answer that is one message
   */
  public RemoteRead(
      SeriesSource source,
      Queries queries,
      Bodies bodies,
      Function<TenantId, Labels> externalLabels,
      long samplesMax) {
    this.source = source;
    this.queries = queries;
    this.bodies = bodies;
    this.externalLabels = externalLabels;
    this.samplesMax = samplesMax;
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", GoPages.ERRORS)
        .post("/api/v1/read", Permission.READ, Route.Work.QUERY, queries.endpoint(this::read));
  }

  private Answer read(Exchange exchange, QueryContext context) {
    ReadRequest request = ReadRequestDecoder.decode(bodies.decoded(exchange, ContentCoding.SNAPPY));
    Labels external = externalLabels.apply(exchange.tenant());
    List<SeriesSelection> selections = new ArrayList<>();
    for (ReadRequest.Query query : request.queries()) {
      selections.add(selection(query, external));
    }
    if (request.streamed()) {
      return Answer.streamed(
          200,
          "application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse",
          new ChunkStream(source, context, selections, external, FRAME_BYTES));
    }
    return new Answer(
        200,
        "application/x-protobuf",
        ContentCoding.SNAPPY.encode(samples(selections, external, context)),
        Map.of("content-encoding", "snappy"));
  }

  private static SeriesSelection selection(ReadRequest.Query query, Labels external) {
    List<LabelMatcher> matchers = new ArrayList<>();
    for (LabelMatcher matcher : query.matchers()) {
      @Nullable String own = external.find(matcher.label());
      boolean same =
          matcher instanceof LabelMatcher.Equal equal
              && equal.value().equals(own == null ? "" : own);
      matchers.add(same ? new LabelMatcher.Equal(matcher.label(), "") : matcher);
    }
    if (matchers.isEmpty()) { // All series.
      matchers.add(new LabelMatcher.NotEqual(Labels.METRIC_NAME, ""));
    }
    return new SeriesSelection(matchers, query.startMs(), query.endMs(), 0, 0, "");
  }

  private byte[] samples(List<SeriesSelection> selections, Labels external, QueryContext context) {
    SamplesResponse response = new SamplesResponse();
    long count = 0;
    for (SeriesSelection selection : selections) {
      response.beginQuery();
      try (SeriesCursor cursor = source.select(selection, context)) {
        while (cursor.next()) {
          context.check();
          SampleColumns samples = cursor.samples();
          count += samples.size();
          if (count > samplesMax) {
            throw new RequestException(400, "exceeded sample limit (%d)".formatted(samplesMax));
          }
          context.reserve(samples.size() * SAMPLE_BYTES);
          response.beginSeries(withExternal(cursor.labels(), external));
          for (int i = 0; i < samples.size(); i++) {
            FloatHistogram histogram = samples.histogram(i);
            if (histogram == null) {
              response.sample(samples.timestampMs(i), samples.value(i));
            } else {
              context.reserve(
                  32L * (histogram.positiveCounts().length + histogram.negativeCounts().length));
              response.histogram(samples.timestampMs(i), histogram);
            }
          }
          response.endSeries();
        }
      }
      response.endQuery();
    }
    return response.toByteArray();
  }

  /** The series' own labels win. */
  static Labels withExternal(Labels labels, Labels external) {
    if (external.isEmpty()) {
      return labels;
    }
    Labels.Builder builder = external.toBuilder();
    labels.forEach(builder::set);
    return builder.build();
  }
}
