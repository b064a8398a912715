package io.ghostworks.wire.loki;

import io.ghostworks.model.label.Labels;
import java.util.List;

/**
 * Makes sure that a stream has the label {@code service_name}: from the first of certain labels
 * that it has, or {@code unknown_service}.
 *
 * <p>Source: Loki documentation, {@code discover_service_name}.
 */
public final class ServiceName {
  private static final String LABEL = "service_name";
  private static final String UNKNOWN = "unknown_service";
  private static final List<String> CANDIDATES =
      List.of(
          "service",
          "app",
          "application",
          "app_name",
          "name",
          "app_kubernetes_io_name",
          "container",
          "container_name",
          "k8s_container_name",
          "component",
          "workload",
          "job",
          "k8s_job_name");

  private ServiceName() {}

  /** The stream's labels, the service's name among them. */
  public static Labels discover(Labels.Builder stream) {
    if (stream.get(LABEL) == null) {
      String found = UNKNOWN;
      for (String candidate : CANDIDATES) {
        String value = stream.get(candidate);
        if (value != null) {
          found = value;
          break;
        }
      }
      stream.set(LABEL, found);
    }
    return stream.build();
  }
}
