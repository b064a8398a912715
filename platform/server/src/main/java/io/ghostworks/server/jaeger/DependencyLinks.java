package io.ghostworks.server.jaeger;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.traceql.dependency.Dependency;
import io.ghostworks.traceql.dependency.DependencyGraph;
import io.ghostworks.traceql.dependency.SpanDependencies;
import io.ghostworks.wire.jaeger.json.JaegerNames;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which service calls which, as Jaeger lists it: calls between services that both send spans. */
final class DependencyLinks {

  private static final Comparator<Link> ORDER =
      Comparator.comparing(Link::parent).thenComparing(Link::child);

  private DependencyLinks() {}

  record Link(String parent, String child, long calls) {
    boolean touches(String service) {
      return parent.equals(service) || child.equals(service);
    }
  }

  private record Pair(String parent, String child) {}

  /** By parent and child. */
  static List<Link> between(
      long startNanos, long endNanos, RecordSource records, QueryContext context) {
    if (startNanos >= endNanos) {
      return List.of();
    }
    Map<Pair, Long> calls = new HashMap<>();
    DependencyGraph graph = new SpanDependencies(records).between(startNanos, endNanos, context);
    for (Dependency dependency : graph.betweenServices()) {
      calls.merge(
          new Pair(
              JaegerNames.service(dependency.caller()), JaegerNames.service(dependency.callee())),
          dependency.callCount(),
          Long::sum);
    }
    return calls.entrySet().stream()
        .map(entry -> new Link(entry.getKey().parent(), entry.getKey().child(), entry.getValue()))
        .sorted(ORDER)
        .toList();
  }
}
