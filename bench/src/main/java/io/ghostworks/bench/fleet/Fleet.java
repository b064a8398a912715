package io.ghostworks.bench.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The mix of targets whose cost on disk was measured beforehand: for each application in Java a
 * node_exporter and a Prometheus, about 4,400 series together, of which four fifths are the
 * application's. From a seed, so that each server gets the same bytes.
 *
 * @param targets in threes
 */
public record Fleet(List<Target> targets) {
  public Fleet {
    targets = List.copyOf(targets);
  }

  /** A fleet of so many applications, each with its machine and its Prometheus. */
  public static Fleet of(long seed, int applications) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < applications; i++) {
      targets.add(NodeTarget.of(random.split(), i));
      targets.add(PrometheusTarget.of(random.split(), i));
      targets.add(AppTarget.of(random.split(), i));
    }
    return new Fleet(targets);
  }

  public int series() {
    return targets.stream().mapToInt(target -> target.labels().size()).sum();
  }

  /** The share of all samples that differ from the one before. */
  public double changedShare() {
    return targets.stream()
            .mapToDouble(target -> target.changedShare() * target.labels().size())
            .sum()
        / series();
  }
}
