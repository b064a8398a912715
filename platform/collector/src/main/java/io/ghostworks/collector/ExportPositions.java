package io.ghostworks.collector;

import java.util.Map;

/**
 * Where readers of acknowledged batches stand, over restarts. Thread-safe; what was saved is on
 * disk when a call returns.
 */
public interface ExportPositions {
  /** All saved positions, by reader. */
  Map<String, Long> load();

  void save(String reader, long position);

  void forget(String reader);
}
