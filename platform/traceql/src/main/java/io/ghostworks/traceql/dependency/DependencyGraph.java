package io.ghostworks.traceql.dependency;

import java.util.List;
import java.util.Optional;

/**
 * What calls what in a range of time.
 *
 * @param dependencies by caller, callee and type
 * @param partial why something may be missing; empty if nothing is
 * @param spans how many were read; 0 where series were
 * @param spansOfUnknownProbability how many of the spans that count told no sampling probability,
 *     so that each stood for itself alone
 */
public record DependencyGraph(
    List<Dependency> dependencies,
    Optional<String> partial,
    long spans,
    long spansOfUnknownProbability) {

  public DependencyGraph {
    dependencies = List.copyOf(dependencies);
  }

  /** Only the calls between services that both send spans, as dependency links count them. */
  public List<Dependency> betweenServices() {
    return dependencies.stream()
        .filter(
            d -> d.type() == ConnectionType.REQUEST || d.type() == ConnectionType.MESSAGING_SYSTEM)
        .toList();
  }
}
