package io.ghostworks.server.grafana;

import io.ghostworks.model.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Annotations that nobody stores, as they follow from something else. */
public interface DerivedAnnotations {

  /** The tag that all of them have. */
  String tag();

  /** Those that are within a range of milliseconds since the epoch, in any order. */
  List<Derived> find(TenantId tenant, long fromMs, long toMs, int limit);

  /**
   * One of them.
   *
   * @param id negative: it cannot be changed
   * @param timeEndMs null while it goes on
   * @param tags the common one first
   */
  record Derived(long id, long timeMs, @Nullable Long timeEndMs, String text, List<String> tags) {
    public Derived {
      tags = List.copyOf(tags);
    }
  }
}
