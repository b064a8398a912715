package io.ghostworks.server.http;

import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A request that was let in, read whole.
 *
 * @param tenants whom the request concerns, ascending; one, except on routes that read of several
 * @param path decoded, with the listener's prefix
 * @param variables the parts of the path that the route's pattern names
 * @param parameters of a form body, then of the query string, in their order: the body's come
 *     first, as in Go
 * @param headers by lower-case name
 * @param body as it came, still compressed; owned by the exchange
 * @param memory what the exchange holds of the memory of all requests, given back with its answer
 * @param gone ends when nobody waits for the answer any more: it was sent, or the client has left
 * @param clientIp the address at the other end of the connection; "" if it has none
 */
public record Exchange(
    List<TenantId> tenants,
    Role role,
    String method,
    String path,
    Map<String, String> variables,
    Map<String, List<String>> parameters,
    Map<String, String> headers,
    byte[] body,
    RequestMemory memory,
    CompletionStage<?> gone,
    String clientIp) {

  /** The tenant; the first of several. */
  public TenantId tenant() {
    return tenants.getFirst();
  }

  /** The first value of a parameter that is there and not empty. */
  public Optional<String> parameter(String name) {
    List<String> values = parameters.get(name);
    return values == null || values.isEmpty() || values.getFirst().isEmpty()
        ? Optional.empty()
        : Optional.of(values.getFirst());
  }

  /** All values of a parameter. */
  public List<String> parameters(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A part of the path. */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no variable '%s'".formatted(name));
    }
    return value;
  }
}
