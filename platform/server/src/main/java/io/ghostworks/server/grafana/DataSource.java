package io.ghostworks.server.grafana;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What of this process Grafana calls a data source. */
enum DataSource {
  PROMETHEUS("Prometheus", Map.of("httpMethod", "POST", "prometheusType", "Prometheus")),
  LOKI("Loki", Map.of()),
  TEMPO("Tempo", Map.of()),
  JAEGER("Jaeger", Map.of()),
  ALERTMANAGER("Alertmanager", Map.of("implementation", "prometheus"));

  private final String title;
  private final Map<String, String> jsonData;

  DataSource(String title, Map<String, String> jsonData) {
    this.title = title;
    this.jsonData = jsonData;
  }

  /** Its name, as people read it. */
  String title() {
    return title;
  }

  /** Its uid, its type and the beginning of its paths on the web listener. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where on the web listener a path of its own API is. */
  String path(String rest) {
    if (this != LOKI) {
      return "/" + word() + "/" + rest;
    }
    return rest.startsWith("loki/") || rest.startsWith("api/prom/")
        ? "/" + rest
        : "/loki/api/v1/" + rest;
  }

  int id() {
    return ordinal() + 1;
  }

  static Optional<DataSource> find(String word) {
    return Arrays.stream(values()).filter(source -> source.word().equals(word)).findFirst();
  }

  static Optional<DataSource> findByTitle(String title) {
    return Arrays.stream(values())
        .filter(source -> source.title.equalsIgnoreCase(title))
        .findFirst();
  }

  /** As Grafana's API tells it. */
  record View(
      int id,
      String uid,
      int orgId,
      String name,
      String type,
      String typeName,
      String typeLogoUrl,
      String access,
      String url,
      String user,
      String database,
      boolean basicAuth,
      boolean isDefault,
      Map<String, String> jsonData,
      boolean readOnly) {}

  View view(Addresses addresses) {
    return new View(
        id(),
        word(),
        1,
        title,
        word(),
        title,
        "",
        "proxy",
        addresses.pathPrefix() + "/" + word(),
        "",
        "",
        false,
        this == PROMETHEUS,
        jsonData,
        true);
  }
}
