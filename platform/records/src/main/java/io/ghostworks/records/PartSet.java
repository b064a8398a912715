package io.ghostworks.records;

import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.records.SignalStore.LivePart;
import java.util.ArrayList;
import java.util.List;

/** All live parts at one moment. */
record PartSet(List<LivePart<LogBatch>> logs, List<LivePart<SpanBatch>> spans) {

  PartSet {
    logs = List.copyOf(logs);
    spans = List.copyOf(spans);
  }

  PartSet withLogs(List<LivePart<LogBatch>> newLogs) {
    return new PartSet(newLogs, spans);
  }

  PartSet withSpans(List<LivePart<SpanBatch>> newSpans) {
    return new PartSet(logs, newSpans);
  }

  /** These and others. */
  PartSet plus(PartSet added) {
    List<LivePart<LogBatch>> allLogs = new ArrayList<>(logs);
    allLogs.addAll(added.logs);
    List<LivePart<SpanBatch>> allSpans = new ArrayList<>(spans);
    allSpans.addAll(added.spans);
    return new PartSet(allLogs, allSpans);
  }

  /** Those that another set does not have. */
  List<LivePart<?>> without(PartSet other) {
    List<LivePart<?>> rest = new ArrayList<>();
    logs.stream().filter(part -> !other.logs.contains(part)).forEach(rest::add);
    spans.stream().filter(part -> !other.spans.contains(part)).forEach(rest::add);
    return rest;
  }
}
