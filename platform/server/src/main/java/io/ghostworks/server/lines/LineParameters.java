package io.ghostworks.server.lines;

import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.wire.ndjson.JsonLineOptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields are what, as a request says by its parameters or, where those are missing, its
 * headers: lists with commas.
 *
 * <p>Source: VictoriaLogs documentation, "HTTP parameters" of data ingestion.
 */
final class LineParameters {

  private LineParameters() {}

  static JsonLineOptions of(Exchange exchange, JsonLineOptions absent) {
    return new JsonLineOptions(
        list(exchange, "_msg_field", "vl-msg-field").orElse(absent.messageFields()),
        list(exchange, "_time_field", "vl-time-field").orElse(absent.timeFields()),
        list(exchange, "_stream_fields", "vl-stream-fields").orElse(absent.streamFields()),
        Set.copyOf(list(exchange, "ignore_fields", "vl-ignore-fields").orElse(List.of())),
        extra(list(exchange, "extra_fields", "vl-extra-fields").orElse(List.of())),
        absent.serviceName());
  }

  private static Optional<List<String>> list(Exchange exchange, String parameter, String header) {
    return exchange
        .parameter(parameter)
        .or(() -> exchange.header(header))
        .map(text ->
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList());
  }

  private static Map<String, String> extra(List<String> pairs) {
    Map<String, String> extra = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw RequestException.bad(
            "extra_fields must be a list of name=value, got '%s'".formatted(pair));
      }
      extra.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return extra;
  }
}
