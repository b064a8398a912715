package io.ghostworks.bench.traces;

import java.net.URI;

/**
 * A server that runs already.
 *
 * @param pid of its process, whose CPU time and memory are measured
 */
record TraceTarget(String name, TraceEndpoint endpoint, long pid) {
  private static final String FORM = "NAME=OTLP_URL,tempo|jaeger|logsql=URL,PID";

  /**
   * @throws IllegalArgumentException if it has another form
   */
  static TraceTarget parse(String value) {
    String[] parts = value.split(",", -1);
    int name = value.indexOf('=');
    int api = parts.length == 3 ? parts[1].indexOf('=') : -1;
    if (api < 1 || name < 1 || name > parts[0].length()) {
      throw new IllegalArgumentException("--target must be %s, got '%s'".formatted(FORM, value));
    }
    return new TraceTarget(
        value.substring(0, name),
        new TraceEndpoint(
            URI.create(parts[0].substring(name + 1)),
            TraceEndpoint.Api.of(parts[1].substring(0, api)),
            URI.create(parts[1].substring(api + 1))),
        Long.parseLong(parts[2]));
  }
}
