package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.MetricMetadata;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about metric families: for each the newest few different statements, newest first.
 * Thread-safe.
 */
final class MetadataStore {
  /** Different statements about one family, as different targets may make them. */
  private static final int STATEMENTS_MAX = 4;

  private static final long STATEMENT_BYTES = 200;

  private final Map<TenantId, TreeMap<String, List<MetricMetadata>>> byTenant =
      new LinkedHashMap<>();
  private final MemoryBudget memory;
  private long bytes;
  private long changes;

  MetadataStore(MemoryBudget memory) {
    this.memory = memory;
  }

  /** Gives the memory back. */
  synchronized void close() {
    byTenant.clear();
    memory.release(bytes);
    bytes = 0;
  }

  /** Counts changes, to see whether there were any. */
  synchronized long changes() {
    return changes;
  }

  synchronized boolean has(TenantId tenant, String family, MetricMetadata about) {
    List<MetricMetadata> known = family(tenant, family);
    return known != null && known.contains(about);
  }

  /** Whether a family is known, or another one may still be added. */
  synchronized boolean hasRoom(TenantId tenant, String family, int familiesMax) {
    TreeMap<String, List<MetricMetadata>> families = byTenant.get(tenant);
    return families == null
        ? familiesMax > 0
        : families.size() < familiesMax || families.containsKey(family);
  }

  synchronized void add(TenantId tenant, String family, MetricMetadata about) {
    List<MetricMetadata> statements =
        byTenant
            .computeIfAbsent(tenant, t -> new TreeMap<>())
            .computeIfAbsent(family, f -> new ArrayList<>(1));
    if (statements.contains(about)) {
      return;
    }
    statements.addFirst(about);
    changes++;
    account(bytes(family, about));
    if (statements.size() > STATEMENTS_MAX) {
      account(-bytes(family, statements.removeLast()));
    }
  }

  /** All of a tenant; a copy. */
  synchronized Map<String, List<MetricMetadata>> of(TenantId tenant) {
    Map<String, List<MetricMetadata>> copy = new TreeMap<>();
    TreeMap<String, List<MetricMetadata>> families = byTenant.get(tenant);
    if (families != null) {
      families.forEach((family, statements) -> copy.put(family, List.copyOf(statements)));
    }
    return copy;
  }

  /**
   * Writes all.
   *
   * <pre>
   * metadata := tenants:varint (tenant:string families:varint (count:varint statement[count])[families])[tenants]
   * statement := family:string type:u8 help:string unit:string       // oldest first
   * </pre>
   */
  synchronized void write(BytesOutput out) {
    out.putVarint(byTenant.size());
    byTenant.forEach((tenant, families) -> {
      out.putString(tenant.value());
      out.putVarint(families.size());
      families.forEach((family, statements) -> {
        out.putVarint(statements.size());
        for (MetricMetadata about : statements.reversed()) {
          FrameCodec.writeMetadata(family, about, out);
        }
      });
    });
  }

  synchronized void read(BytesInput in) throws DamagedDataException {
    for (int tenants = in.getVarint(in.remaining()); tenants > 0; tenants--) {
      TenantId tenant = FrameCodec.tenant(in.getString());
      for (int families = in.getVarint(in.remaining()); families > 0; families--) {
        for (int statements = in.getVarint(in.remaining()); statements > 0; statements--) {
          add(tenant, in.getString(), FrameCodec.readAbout(in));
        }
      }
    }
  }

  private void account(long difference) {
    bytes += difference;
    if (difference > 0) {
      memory.reserveUnchecked(difference);
    } else {
      memory.release(-difference);
    }
  }

  private static long bytes(String family, MetricMetadata about) {
    return STATEMENT_BYTES + 2L * (family.length() + about.help().length() + about.unit().length());
  }

  private @Nullable List<MetricMetadata> family(TenantId tenant, String family) {
    TreeMap<String, List<MetricMetadata>> families = byTenant.get(tenant);
    return families == null ? null : families.get(family);
  }
}
