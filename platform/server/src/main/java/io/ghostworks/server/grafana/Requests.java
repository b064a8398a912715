package io.ghostworks.server.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.dashboards.document.DocumentException;
import io.ghostworks.dashboards.document.TreeJson;
import io.ghostworks.dashboards.store.RefusedException;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.http.Endpoint;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads the requests of Grafana's API, and tells in its words what is refused. */
final class Requests {

  /** A wrapper around the largest document. */
  private static final int BODY_BYTES_MAX = TreeJson.BYTES_MAX + (1 << 20);

  private final Bodies bodies;

  Requests(Bodies bodies) {
    this.bodies = bodies;
  }

  /** Answers an exchange; may refuse. */
  interface Answering {
    Answer answer(Exchange exchange);
  }

  static Endpoint endpoint(Answering answering) {
    return exchange -> {
      try {
        return CompletableFuture.completedFuture(answering.answer(exchange));
      } catch (RefusedException e) {
        throw new RequestException(e.status(), e.word(), String.valueOf(e.getMessage()));
      }
    };
  }

  /** The body as text. */
  String text(Exchange exchange) {
    try {
      return TreeJson.text(bodies.decompressed(exchange), BODY_BYTES_MAX);
    } catch (DocumentException e) {
      throw bad(e);
    }
  }

  /** The body as an object. */
  ObjectNode object(Exchange exchange) {
    return object(text(exchange));
  }

  static ObjectNode object(String text) {
    try {
      if (TreeJson.read(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (DocumentException e) {
      throw bad(e);
    }
    throw RequestException.bad("bad request data: the body must be a JSON object");
  }

  static RequestException bad(DocumentException e) {
    String line = e.line() == 0 ? "" : " (line %d)".formatted(e.line());
    return new RequestException(400, "bad request data: " + e.getMessage() + line, e);
  }

  /** A text of an object; "" if it is not there. */
  static String string(JsonNode object, String key) {
    JsonNode value = object.path(key);
    return value.isValueNode() && !value.isNull() ? value.asText("") : "";
  }

  static boolean truth(JsonNode object, String key) {
    return object.path(key).asBoolean(false);
  }

  /** A number in the path. */
  static long number(Exchange exchange, String name) {
    try {
      return Long.parseLong(exchange.variable(name));
    } catch (NumberFormatException e) {
      throw new RequestException(400, "%s is invalid".formatted(name), e);
    }
  }

  /** A number that is a parameter. */
  static long number(Exchange exchange, String name, long absent, long most) {
    try {
      long value = exchange.parameter(name).map(Long::parseLong).orElse(absent);
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new RequestException(400, "%s must be a number".formatted(name), e);
    }
    throw RequestException.bad("%s must be from 0 to %d".formatted(name, most));
  }

  /** All values of a parameter, those that commas part included. */
  static List<String> values(Exchange exchange, String name) {
    List<String> values = new ArrayList<>();
    for (String value : exchange.parameters(name)) {
      values.addAll(List.of(value.split(",", -1)));
    }
    return values;
  }
}
