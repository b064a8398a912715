package io.ghostworks.scrape;

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
}
