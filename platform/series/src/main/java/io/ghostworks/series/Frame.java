package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.ByteColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.MetricMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A frame read back from the journal: series by their ids in the segment. */
final class Frame {
  final TenantId tenant;
  final LongColumn definedIds = new LongColumn();

  /** Slices of packed labels in {@link #bytes}. */
  final LongColumn definitions = new LongColumn();

  final LongColumn ids = new LongColumn();
  final LongColumn timestampsMs = new LongColumn();

  /** Bits of a float, or the slice of an encoded histogram in {@link #bytes}. */
  final LongColumn values = new LongColumn();

  final ByteColumn kinds = new ByteColumn();
  final LongColumn startsMs = new LongColumn();
  final ByteArena bytes = new ByteArena(1024);
  final List<IdExemplar> exemplars = new ArrayList<>();
  final Map<String, MetricMetadata> metadata = new LinkedHashMap<>();

  Frame(TenantId tenant) {
    this.tenant = tenant;
  }

  int size() {
    return ids.size();
  }

  /** An exemplar of the series with an id. */
  record IdExemplar(long id, Exemplar exemplar) {}
}
