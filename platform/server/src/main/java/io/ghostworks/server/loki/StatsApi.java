package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.config.ByteSize;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.record.CountRequest;
import io.ghostworks.query.record.StreamCounts;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.io.IOException;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code index/stats} and {@code index/shards}. Streams, lines and their bytes are counted, not
 * estimated; there are no chunks, and each stream counts as one. A query needs no shards here: one
 * that takes all of it is answered.
 */
final class StatsApi {

  private static final BigInteger FINGERPRINT_MAX = new BigInteger("18446744073709551615");

  private final LokiEndpoints endpoints;

  StatsApi(LokiEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.getOrForm(
                "/loki/api/v1/index/stats",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.lookup(this::stats))
            .getOrForm(
                "/loki/api/v1/index/shards",
                Permission.READ_TENANTS,
                Route.Work.QUERY,
                endpoints.lookup(this::shards));
  }

  private record Totals(int streams, long rows, long bytes) {}

  private Answer stats(LokiRequest request) {
    Totals totals = totals(request, Selectors.selective(request, request.query()));
    return Answer.json(200, Json.bytes(json -> write(json, totals)));
  }

  private Answer shards(LokiRequest request) {
    checkTarget(request);
    Totals totals = totals(request, Selectors.lines(request).matchers());
    return Answer.json(
        200,
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("shards");
          json.writeStartObject();
          json.writeObjectFieldStart("bounds");
          json.writeNumberField("min", 0);
          json.writeNumberField("max", FINGERPRINT_MAX);
          json.writeEndObject();
          json.writeFieldName("stats");
          write(json, totals);
          json.writeEndObject();
          json.writeEndArray();
          json.writeFieldName("statistics");
          LokiStatistics.write(json, request.context(), 0);
          json.writeNullField("chunkGroups");
          json.writeEndObject();
        }));
  }

  private static void checkTarget(LokiRequest request) {
    String text = request.exchange().parameter("targetBytesPerShard").orElse("");
    try {
      if (!text.isEmpty() && ByteSize.parse(text) > 0) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw new RequestException(
          400, "invalid targetBytesPerShard: %s: %s".formatted(text, e.getMessage()), e);
    }
    throw RequestException.bad("targetBytesPerShard must be a positive value");
  }

  private static Totals totals(LokiRequest request, List<LabelMatcher> matchers) {
    LokiTimes.Range range = LokiTimes.range(request);
    var _ = LokiSteps.stepNanos(request.exchange(), range);
    Set<Labels> streams = new HashSet<>();
    long rows = 0;
    long bytes = 0;
    CountRequest asked =
        CountRequest.whole(List.of(matchers), range.startNanos(), range.endNanos(), false);
    for (StreamCounts counts : request.records().counts(asked, request.context())) {
      streams.add(counts.stream());
      rows += counts.totalRows();
      bytes += counts.totalBytes();
    }
    return new Totals(streams.size(), rows, bytes);
  }

  private static void write(JsonGenerator json, Totals totals) throws IOException {
    json.writeStartObject();
    json.writeNumberField("streams", totals.streams());
    json.writeNumberField("chunks", totals.streams());
    json.writeNumberField("bytes", totals.bytes());
    json.writeNumberField("entries", totals.rows());
    json.writeEndObject();
  }
}
