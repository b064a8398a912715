package io.ghostworks.saas.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers as the API does in good health and remembers every request with its time. The payment
 * gateway behind it drops a connection at most once a minute, as in the demo.
 */
final class SimulatedApi implements Api {
  private static final double DROP_EVERY_SECONDS = 60;

  /** Invoices of about a dozen paying tenants, each every three minutes. */
  private static final double INVOICES_PER_SECOND = 12 / 180.0;

  /** One request, under the labels that its metrics have. */
  record Request(double at, String method, String endpoint, int status) {}

  private final ObjectMapper json = new ObjectMapper();
  private final List<Request> requests = new ArrayList<>();
  private final Set<String> artifacts = new HashSet<>();
  private double now;
  private double nextDrop;
  private int ids;
  private int paid;

  void moveTo(double seconds) {
    now = seconds;
  }

  List<Request> requests() {
    return requests;
  }

  @Override
  public Answer send(String method, String path, String token, Map<String, ?> body) {
    String plain = path.replaceFirst("\\?.*", "");
    String endpoint = template(plain);
    int status = status(method, plain, endpoint, token, body);
    requests.add(new Request(now, method, endpoint, status));
    return new Answer(status, status < 300 ? answer(method, endpoint) : MissingNode.getInstance());
  }

  private static String template(String path) {
    if (path.startsWith("/api/artefacts")) {
      return "_unmatched";
    }
    return path.replaceFirst("^(/api/(?:artifacts|users|tenants|invoices)/)[^/]+", "$1{id}");
  }

  private int status(
      String method, String path, String endpoint, String token, Map<String, ?> body) {
    if ("no-such-token".equals(token)) {
      return 401;
    }
    return switch (method + " " + endpoint) {
      case "GET _unmatched" -> 404;
      case "POST /api/sessions" -> "wrong password".equals(body.get("password")) ? 401 : 201;
      case "POST /api/artifacts" -> "".equals(body.get("name")) ? 400 : 201;
      case "GET /api/artifacts/{id}" -> artifacts.contains(last(path)) ? 200 : 404;
      case "DELETE /api/artifacts/{id}" -> artifacts.remove(last(path)) ? 204 : 404;
      case "POST /api/invoices/{id}/payments" -> pay(path);
      default -> method.equals("POST") ? 201 : 200;
    };
  }

  private int pay(String path) {
    if (path.contains("/inv-0/")) {
      return 404;
    }
    if (now >= nextDrop) {
      nextDrop = now + DROP_EVERY_SECONDS;
      return 502;
    }
    paid++;
    return 201;
  }

  private JsonNode answer(String method, String endpoint) {
    String id = "id-" + ids++;
    if (method.equals("GET") && endpoint.equals("/api/invoices")) {
      boolean isOpen = now * INVOICES_PER_SECOND > paid;
      return isOpen ? json.valueToTree(List.of(Map.of("id", id))) : json.createArrayNode();
    }
    if (method.equals("POST") && endpoint.equals("/api/artifacts")) {
      artifacts.add(id);
    }
    return json.valueToTree(Map.of("id", id, "userId", id, "activationCode", id, "token", id));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
