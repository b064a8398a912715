package io.ghostworks.saas.worker;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the worker runs, from system properties ({@code -Dsaas.worker.port=8001}) or environment
 * variables ({@code SAAS_WORKER_PORT}).
 *
 * @param port where it is scraped, on loopback
 * @param databaseUrl a JDBC URL, for H2 or PostgreSQL
 * @param otlpEndpoint where traces and logs go; empty sends nothing
 * @param samplingProbability the share of traces that are kept
 * @param threads how many jobs run at once
 */
record WorkerSettings(
    int port,
    String databaseUrl,
    String databaseUser,
    String databasePassword,
    String otlpEndpoint,
    double samplingProbability,
    int threads) {
  static WorkerSettings fromEnvironment() {
    return new WorkerSettings(
        Integer.parseInt(value("saas.worker.port", "8001")),
        value("saas.database.url", "jdbc:h2:file:./data/saas;AUTO_SERVER=TRUE"),
        value("saas.database.user", "saas"),
        value("saas.database.password", "saas"),
        value("saas.otlp.endpoint", "http://127.0.0.1:4318"),
        Double.parseDouble(value("saas.sampling.probability", "1.0")),
        Integer.parseInt(value("saas.worker.threads", "4")));
  }

  @Nullable URI otlp() {
    return otlpEndpoint.isEmpty() ? null : URI.create(otlpEndpoint);
  }

  private static String value(String name, String otherwise) {
    String property = System.getProperty(name);
    if (property != null) {
      return property;
    }
    String variable = System.getenv(name.toUpperCase(Locale.ROOT).replace('.', '_'));
    return variable == null ? otherwise : variable;
  }
}
