package io.ghostworks.server.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.server.access.Role;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestMemory;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Calls endpoints as their routes do, without a listener. */
public final class RouteCalls {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RouteCalls() {}

  /** A GET without headers and body. */
  public static Exchange exchange(
      TenantId tenant, String path, Map<String, String> variables, Map<String, String> parameters) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    parameters.forEach((name, value) -> query.put(name, List.of(value)));
    return new Exchange(
        List.of(tenant),
        Role.READ,
        "GET",
        path,
        variables,
        query,
        Map.of(),
        new byte[0],
        new RequestMemory(new MemoryLedger().open("requests", 0)),
        new CompletableFuture<Void>(),
        "192.0.2.7");
  }

  /** The answer of the route with the exchange's path; what the endpoint throws is thrown. */
  public static JsonNode json(Routes routes, ListenerName listener, Exchange exchange) {
    Route route =
        routes.of(listener).stream()
            .filter(r -> r.path().equals(exchange.path()))
            .findFirst()
            .orElseThrow();
    try {
      return MAPPER.readTree(
          route.endpoint().answer(exchange).toCompletableFuture().join().wholeBody());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
