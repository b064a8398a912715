package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.PartReader;
import io.ghostworks.storage.part.PartWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The traces that are kept beyond their retention. Immutable.
 *
 * <p>Their file is a {@link PartWriter} file of kind 0x524b, version 1, with one section "kept":
 *
 * <pre>
 * kept := throughSequence:varint count:varint trace[count]     // as in {@link KeptTrace}, in the order in which they were kept
 * </pre>
 *
 * @param all in the order in which they were kept
 * @param ids the same by tenant
 * @param throughSequence the last frame of the journal that kept a trace or gave one up; 0 for none
 */
record KeptSet(List<KeptTrace> all, Map<TenantId, Set<TraceKey>> ids, long throughSequence) {

  static final KeptSet NONE = new KeptSet(List.of(), 0);

  /** Tells the file from others. */
  static final int KIND = 0x524b;

  /** How many traces a tenant may keep. */
  static final int TRACES_MAX = 10_000;

  private static final int VERSION = 1;
  private static final int BYTES_MAX = 256 << 20;
  private static final String SECTION = "kept";

  KeptSet {
    all = List.copyOf(all);
    ids = Map.copyOf(ids);
  }

  private KeptSet(List<KeptTrace> all, long throughSequence) {
    this(all, byTenant(all), throughSequence);
  }

  private static Map<TenantId, Set<TraceKey>> byTenant(List<KeptTrace> all) {
    Map<TenantId, Set<TraceKey>> ids = new HashMap<>();
    for (KeptTrace each : all) {
      ids.computeIfAbsent(each.tenant(), tenant -> new HashSet<>()).add(each.id());
    }
    ids.replaceAll((tenant, traces) -> Set.copyOf(traces));
    return ids;
  }

  /** The traces of a tenant. */
  Set<TraceKey> of(TenantId tenant) {
    return ids.getOrDefault(tenant, Set.of());
  }

  Optional<KeptTrace> find(TenantId tenant, TraceKey id) {
    return of(tenant).contains(id)
        ? all.stream()
            .filter(each -> each.id().equals(id) && each.tenant().equals(tenant))
            .findFirst()
        : Optional.empty();
  }

  /** With one more; a frame that is contained changes nothing. */
  KeptSet with(KeptTrace added, long frameSequence) {
    if (frameSequence <= throughSequence) {
      return this;
    }
    List<KeptTrace> more = new ArrayList<>(without(added.tenant(), added.id()));
    more.add(added);
    return new KeptSet(more, frameSequence);
  }

  /** Without one; a frame that is contained changes nothing. */
  KeptSet without(TenantId tenant, TraceKey id, long frameSequence) {
    return frameSequence <= throughSequence
        ? this
        : new KeptSet(without(tenant, id), frameSequence);
  }

  private List<KeptTrace> without(TenantId tenant, TraceKey id) {
    return all.stream()
        .filter(each -> !each.id().equals(id) || !each.tenant().equals(tenant))
        .toList();
  }

  /** Where one is settled, if it is still kept. */
  KeptSet settled(KeptTrace trace) {
    return new KeptSet(
        all.stream().map(each -> each.equals(trace) ? each.asSettled() : each).toList(),
        throughSequence);
  }

  /** The rows of the class of kept rows that a tenant sees. */
  Filter visible(TenantId tenant) {
    return new Filter.Traces(of(tenant));
  }

  void write(FileSystem files, Path path) throws IOException {
    try (PartWriter file = PartWriter.create(files, path, KIND, VERSION)) {
      BytesOutput out = new BytesOutput(4096, BYTES_MAX);
      out.putVarint(throughSequence);
      out.putVarint(all.size());
      all.forEach(each -> each.put(out));
      file.section(SECTION, out);
      file.finish();
    }
  }

  static KeptSet read(FileSystem files, Path path) throws IOException {
    try (PartReader file = PartReader.open(files, path, KIND)) {
      if (file.kindVersion() != VERSION) {
        throw new DamagedDataException(
            "this release reads kept traces of version %d, got %d (%s)"
                .formatted(VERSION, file.kindVersion(), path));
      }
      BytesInput in = file.read(SECTION, BYTES_MAX);
      long through = in.getVarint();
      List<KeptTrace> all = new ArrayList<>();
      for (int left = in.getVarint(in.remaining()); left > 0; left--) {
        all.add(KeptTrace.get(in));
      }
      return new KeptSet(all, through);
    }
  }
}
