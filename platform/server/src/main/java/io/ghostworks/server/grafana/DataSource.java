package io.ghostworks.server.grafana;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What of this process Grafana calls a data source. */
enum DataSource {
  PROMETHEUS(1, "Prometheus"),
  LOKI(2, "Loki"),
  TEMPO(3, "Tempo"),
  JAEGER(4, "Jaeger"),
  ALERTMANAGER(5, "Alertmanager");

  private final int id;
  private final String title;

  DataSource(int id, String title) {
    this.id = id;
    this.title = title;
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
    return id;
  }

  static Optional<DataSource> find(String word) {
    return Arrays.stream(values()).filter(source -> source.word().equals(word)).findFirst();
  }

  static Optional<DataSource> findByTitle(String title) {
    return Arrays.stream(values())
        .filter(source -> source.title.equalsIgnoreCase(title))
        .findFirst();
  }

  private Map<String, String> jsonData() {
    return switch (this) {
      case PROMETHEUS -> Map.of("httpMethod", "POST", "prometheusType", "Prometheus");
      case ALERTMANAGER -> Map.of("implementation", "prometheus");
      case LOKI, TEMPO, JAEGER -> Map.of();
    };
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
        id,
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
        jsonData(),
        true);
  }
}
