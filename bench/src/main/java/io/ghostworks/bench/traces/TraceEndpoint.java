package io.ghostworks.bench.traces;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where a server takes spans and where it is asked.
 *
 * @param write its OTLP address, whole
 * @param query what the paths of its query interface are appended to
 */
record TraceEndpoint(URI write, Api api, URI query) {

  /** How a server is asked. */
  enum Api {
    /** Tempo's HTTP API with TraceQL. */
    TEMPO,
    /** Jaeger's query API. */
    JAEGER,
    /** VictoriaTraces: LogsQL over the fields of spans, and Jaeger's query API for one trace. */
    LOGSQL;

    static Api of(String option) {
      return Arrays.stream(values())
          .filter(api -> api.option().equals(option))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "a query interface must be one of %s, got '%s'"
                      .formatted(
                          Arrays.stream(values())
                              .map(Api::option)
                              .collect(Collectors.joining(", ")),
                          option)));
    }

    private String option() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
