package io.ghostworks.traceql.trace;

import io.ghostworks.model.record.SpanBatch;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lists show of a trace.
 *
 * @param hasRoot whether a span without parent is there; otherwise service and name of the root are
 *     "" and the trace is incomplete, maybe still arriving
 * @param startNanos of the earliest span; spans at time zero do not count where others do
 * @param endNanos the latest end of a span, or the start if that is later
 * @param services the spans by the name of their service, which is "" where they have none
 */
public record TraceSummary(
    boolean hasRoot,
    String rootService,
    String rootName,
    long startNanos,
    long endNanos,
    SortedMap<String, ServiceSpans> services) {

  private static final int STATUS_ERROR = 2;

  public TraceSummary {
    services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
  }

  /** Of all rows of a batch, which are the spans of one trace; at least one. */
  public static TraceSummary of(SpanBatch trace) {
    String[] serviceNames = new String[trace.resources().size()];
    java.util.Arrays.setAll(serviceNames, resource -> serviceName(trace, resource));
    Builder builder = new Builder();
    for (int row = 0; row < trace.rows(); row++) {
      builder.add(trace, row, serviceNames[trace.resource(row)]);
    }
    return builder.build();
  }

  /** The name of the service that a resource is, or "". */
  public static String serviceName(SpanBatch batch, int resource) {
    String name = batch.resources().attributes().findString(resource, "service.name");
    return name == null ? "" : name;
  }

  public long durationNanos() {
    return endNanos - startNanos;
  }

  public int spans() {
    return services.values().stream().mapToInt(ServiceSpans::spans).sum();
  }

  public int errors() {
    return services.values().stream().mapToInt(ServiceSpans::errors).sum();
  }

  /** Sums up spans that come one by one, in any order. */
  public static final class Builder {
    private final Map<String, ServiceSpans> services = new TreeMap<>();
    private boolean hasRoot;
    private String rootService = "";
    private String rootName = "";
    private long rootStartNanos;
    private long rootSpanId;
    private long startNanos;
    private long endNanos;

    /** Adds a row of a batch. */
    public void add(SpanBatch batch, int row, String service) {
      long start = batch.startNanos(row);
      add(service, start, batch.endNanos(row), batch.statusCode(row));
      if (batch.parentSpanId(row) == 0 && isEarlierRoot(start, batch.spanId(row))) {
        hasRoot = true;
        rootService = service;
        rootName = batch.arena().text(batch.name(row));
        rootStartNanos = start;
        rootSpanId = batch.spanId(row);
      }
    }

    private void add(String service, long start, long end, long statusCode) {
      if (startNanos == 0 || (start != 0 && start < startNanos)) {
        startNanos = start;
      }
      endNanos = Math.max(endNanos, Math.max(start, end));
      ServiceSpans before = services.getOrDefault(service, new ServiceSpans(0, 0));
      services.put(service, before.plus(statusCode == STATUS_ERROR));
    }

    private boolean isEarlierRoot(long start, long spanId) {
      return !hasRoot
          || start < rootStartNanos
          || (start == rootStartNanos && Long.compareUnsigned(spanId, rootSpanId) < 0);
    }

    public TraceSummary build() {
      return new TraceSummary(
          hasRoot, rootService, rootName, startNanos, endNanos, new TreeMap<>(services));
    }
  }
}
