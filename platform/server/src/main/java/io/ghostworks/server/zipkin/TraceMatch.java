package io.ghostworks.server.zipkin;

import io.ghostworks.wire.zipkin.ZipkinSpan;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a trace meets a query, of which its spans are shown one after the other. */
final class TraceMatch {

  private final TraceQuery query;
  private final Map<String, String> annotationsLeft;
  private boolean service;
  private boolean remote;
  private boolean span;
  private boolean duration;
  private long rootMicros;
  private long firstMicros;

  TraceMatch(TraceQuery query) {
    this.query = query;
    this.annotationsLeft = new LinkedHashMap<>(query.annotations());
    this.service = query.serviceName().isEmpty();
    this.remote = query.remoteServiceName().isEmpty();
    this.span = query.spanName().isEmpty();
    this.duration = query.minMicros() == 0;
  }

  /** Shows a span, by start time. */
  void add(ZipkinSpan each) {
    time(each);
    if (!query.serviceName().isEmpty() && !query.serviceName().equals(each.localServiceName())) {
      return;
    }
    service = true;
    remote |= query.remoteServiceName().equals(each.remoteServiceName());
    span |= query.spanName().equals(each.name());
    duration |=
        each.durationMicros() >= query.minMicros() && each.durationMicros() <= query.maxMicros();
    each.annotations().forEach(annotation -> annotationsLeft.remove(annotation.value(), ""));
    annotationsLeft
        .entrySet()
        .removeIf(wanted -> {
          String value = each.tags().get(wanted.getKey());
          return value != null && (wanted.getValue().isEmpty() || wanted.getValue().equals(value));
        });
  }

  private void time(ZipkinSpan each) {
    long micros = each.timestampMicros();
    if (micros == 0) {
      return;
    }
    if (each.parentId() == 0 && rootMicros == 0) {
      rootMicros = micros;
    }
    firstMicros = firstMicros == 0 ? micros : Math.min(firstMicros, micros);
  }

  boolean isMet() {
    // The time of the root, else the first there is.
    long time = rootMicros == 0 ? firstMicros : rootMicros;
    return time != 0
        && time >= (query.endMs() - query.lookbackMs()) * 1_000
        && time <= query.endMs() * 1_000
        && service
        && remote
        && span
        && duration
        && annotationsLeft.isEmpty();
  }
}
