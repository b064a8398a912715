package io.ghostworks.wire.loki;

import io.ghostworks.model.label.Labels;
import java.util.List;

/**
 * Makes sure that a stream has the label {@code service_name}: from the first of certain labels
 * that it has, or {@code unknown_service}.
 *
 * <p>Source: Loki documentation, {@code discover_service_name}.
 *
 * @param candidates labels in the order in which they count; none leaves streams as they are
 */
public record ServiceName(List<String> candidates) {

  /** What holds unless it is configured otherwise: Loki's list. */
  public static final ServiceName DEFAULT =
      new ServiceName(
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
              "k8s_job_name"));

  private static final String LABEL = "service_name";
  private static final String UNKNOWN = "unknown_service";

  public ServiceName {
    candidates = List.copyOf(candidates);
  }

  /** The stream's labels, the service's name among them unless there are no candidates. */
  public Labels discover(Labels.Builder stream) {
    if (stream.get(LABEL) == null && !candidates.isEmpty()) {
      String found = UNKNOWN;
      for (String candidate : candidates) {
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
