package io.ghostworks.server.status;

import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.http.RequestException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code /api/platform/services}: what spans of the last minutes say about each service. */
public final class ServicesEndpoint {

  private static final int WINDOW_DEFAULT_SECONDS = 300;
  private static final int WINDOW_MIN_SECONDS = 60;
  private static final int WINDOW_MAX_SECONDS = 3_600;
  private static final int KIND_SERVER = 2;
  private static final int KIND_CONSUMER = 5;
  private static final int STATUS_ERROR = 2;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final List<Field> COLUMNS =
      List.of(
          Field.SERVICE_NAME,
          Field.KIND,
          Field.STATUS_CODE,
          Field.DURATION,
          Field.TIME,
          new Field(Field.Scope.RESOURCE, "service.namespace"));

  private final RecordSource records;
  private final Clock clock;

  public ServicesEndpoint(RecordSource records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  public Answer answer(Exchange exchange, QueryContext context) {
    int window = window(exchange);
    long now = clock.epochNanos();
    Map<String, Service> services = new TreeMap<>();
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            now - window * NANOS_PER_SECOND,
            now,
            Filter.ALL,
            COLUMNS,
            RecordScan.Order.NEWEST_FIRST,
            Integer.MAX_VALUE);
    try (RecordCursor cursor = records.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        context.reserve((long) batch.rows() * Long.BYTES);
        count(batch, services);
      }
    }
    return Answer.json(200, write(services, window));
  }

  private static int window(Exchange exchange) {
    try {
      int seconds =
          exchange.parameter("windowSeconds").map(Integer::parseInt).orElse(WINDOW_DEFAULT_SECONDS);
      if (seconds >= WINDOW_MIN_SECONDS && seconds <= WINDOW_MAX_SECONDS) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      throw new RequestException(400, "windowSeconds must be a number", e);
    }
    throw RequestException.bad(
        "windowSeconds must be from %d to %d".formatted(WINDOW_MIN_SECONDS, WINDOW_MAX_SECONDS));
  }

  private static void count(ColumnBatch batch, Map<String, Service> services) {
    long[] kinds = batch.longs(1).values();
    long[] statuses = batch.longs(2).values();
    long[] durations = batch.longs(3).values();
    long[] starts = batch.longs(4).values();
    ValueColumn namespaces = batch.values(5).values();
    for (int row = 0; row < batch.rows(); row++) {
      Service service = services.computeIfAbsent(batch.bytes(0).text(row), name -> new Service());
      service.spans++;
      service.lastSeenNanos = Math.max(service.lastSeenNanos, starts[row] + durations[row]);
      service.namespaces.add(
          namespaces.type(row) == ValueColumn.STRING ? namespaces.string(row) : "");
      if (kinds[row] == KIND_SERVER || kinds[row] == KIND_CONSUMER) {
        service.durations.add(durations[row]);
        service.errors += statuses[row] == STATUS_ERROR ? 1 : 0;
      }
    }
  }

  private static byte[] write(Map<String, Service> services, int window) {
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeNumberField("windowSeconds", window);
      json.writeArrayFieldStart("services");
      for (Map.Entry<String, Service> entry : services.entrySet()) {
        Service service = entry.getValue();
        int requests = service.durations.size();
        json.writeStartObject();
        json.writeStringField("name", entry.getKey());
        if (service.namespaces.size() == 1 && !service.namespaces.contains("")) {
          json.writeStringField("namespace", service.namespaces.iterator().next());
        }
        json.writeNumberField("spans", service.spans);
        json.writeNumberField("requestsPerSecond", (double) requests / window);
        json.writeNumberField("errorRatio", requests == 0 ? 0 : (double) service.errors / requests);
        if (requests > 0) {
          json.writeNumberField("p95Seconds", service.p95Nanos() / 1e9);
        }
        json.writeStringField(
            "lastSeen",
            Instant.ofEpochSecond(
                    service.lastSeenNanos / NANOS_PER_SECOND,
                    service.lastSeenNanos % NANOS_PER_SECOND)
                .toString());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static final class Service {
    private long spans;
    private long errors;
    private long lastSeenNanos;
    private final LongColumn durations = new LongColumn();
    private final Set<String> namespaces = new HashSet<>();

    /** The smallest duration that at least 95 % of the requests do not exceed. */
    private long p95Nanos() {
      long[] sorted = Arrays.copyOf(durations.array(), durations.size());
      Arrays.sort(sorted);
      return sorted[(int) Math.ceil(sorted.length * 0.95) - 1];
    }
  }
}
