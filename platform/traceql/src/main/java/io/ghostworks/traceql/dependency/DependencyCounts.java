package io.ghostworks.traceql.dependency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up calls. Not thread-safe. */
final class DependencyCounts {

  /** So many kinds of calls are told apart; others are not counted, and the answer is partial. */
  private static final int EDGES_MAX = 100_000;

  private record Edge(String caller, String callee, ConnectionType type) {}

  private final Map<Edge, double[]> counts = new HashMap<>();
  private boolean full;

  void add(String caller, String callee, ConnectionType type, double calls, double errors) {
    Edge edge = new Edge(caller, callee, type);
    double[] sums = counts.get(edge);
    if (sums == null) {
      if (counts.size() >= EDGES_MAX) {
        full = true;
        return;
      }
      sums = new double[2];
      counts.put(edge, sums);
    }
    sums[0] += calls;
    sums[1] += errors;
  }

  /** Whether calls were left out. */
  boolean isFull() {
    return full;
  }

  /** By caller, callee and type; edges without calls are left out. */
  List<Dependency> sorted() {
    List<Dependency> dependencies = new ArrayList<>(counts.size());
    counts.forEach((edge, sums) -> {
      if (sums[0] > 0) {
        dependencies.add(new Dependency(edge.caller, edge.callee, edge.type, sums[0], sums[1]));
      }
    });
    dependencies.sort(
        java.util.Comparator.comparing(Dependency::caller)
            .thenComparing(Dependency::callee)
            .thenComparing(Dependency::type));
    return dependencies;
  }
}
