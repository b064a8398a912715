package io.ghostworks.scrape;

import io.ghostworks.model.metric.MetricMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All targets at a moment.
 *
 * @param active by pool and then URL
 * @param dropped as many of each pool as it keeps
 * @param droppedCounts pool to the number of all that were dropped
 * @param failures why other targets cannot be scraped, as sentences
 */
public record Targets(
    List<ActiveTarget> active,
    List<DroppedTarget> dropped,
    Map<String, Integer> droppedCounts,
    List<String> failures) {

  public Targets {
    active = List.copyOf(active);
    dropped = List.copyOf(dropped);
    droppedCounts = Map.copyOf(droppedCounts);
    failures = List.copyOf(failures);
  }

  /** What the active targets say of metric families, each statement once. */
  public Map<String, List<MetricMetadata>> metadata() {
    Map<String, List<MetricMetadata>> said = new HashMap<>();
    for (ActiveTarget target : active) {
      target
          .metadata()
          .forEach((family, about) -> {
            List<MetricMetadata> statements =
                said.computeIfAbsent(family, name -> new ArrayList<>(1));
            if (!statements.contains(about)) {
              statements.add(about);
            }
          });
    }
    return said;
  }
}
