package io.ghostworks.server.grafana;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request as another path of the web listener answers it, for the same tenant: only what
 * reads, so that nobody gets through it what he may not.
 */
final class ForwardedCalls {

  private static final Set<Permission> FORWARDED = Set.of(Permission.READ, Permission.READ_TENANTS);

  private final Routes routes;

  ForwardedCalls(Routes routes) {
    this.routes = routes;
  }

  /** A route that fits a path, and what the parts of the path are called there. */
  private record Match(Route route, Map<String, String> variables, int literals) {}

  /** The same method with the same parameters. */
  CompletionStage<Answer> call(Exchange exchange, String path) {
    return call(exchange, exchange.method(), path, exchange.parameters());
  }

  CompletionStage<Answer> call(
      Exchange exchange, String method, String path, Map<String, List<String>> parameters) {
    Match best = null;
    for (Route route : routes.of(ListenerName.WEB)) {
      Match match = match(route, path);
      if (match != null
          && route.methods().contains(method)
          && FORWARDED.contains(route.permission())
          && (best == null || match.literals > best.literals)) {
        best = match;
      }
    }
    if (best == null) {
      throw new RequestException(
          404, "%s %s is no call that can be proxied".formatted(method, path));
    }
    return best.route
        .endpoint()
        .answer(
            new Exchange(
                List.of(exchange.tenant()),
                exchange.role(),
                method,
                path,
                best.variables,
                parameters,
                exchange.headers(),
                exchange.body(),
                exchange.memory(),
                exchange.gone(),
                exchange.clientIp()));
  }

  private static @Nullable Match match(Route route, String path) {
    String[] pattern = route.path().split("/", -1);
    String[] parts = path.split("/", -1);
    Map<String, String> variables = new HashMap<>();
    int literals = 0;
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i].startsWith("{*")) {
        String rest =
            String.join("/", List.of(parts).subList(Math.min(i, parts.length), parts.length));
        variables.put(pattern[i].substring(2, pattern[i].length() - 1), rest);
        return i > 1 ? new Match(route, variables, literals) : null;
      }
      if (i >= parts.length) {
        return null;
      }
      if (pattern[i].startsWith("{")) {
        variables.put(pattern[i].substring(1, pattern[i].length() - 1), parts[i]);
      } else if (pattern[i].equals(parts[i])) {
        literals++;
      } else {
        return null;
      }
    }
    return pattern.length == parts.length ? new Match(route, variables, literals) : null;
  }
}
