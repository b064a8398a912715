package io.ghostworks.server.self;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.List;

/**
 * Counts rows that a decoder refuses, which no store ever sees, in the family in which the stores
 * count what they refuse. Thread-safe.
 *
 * @param signal as the stores name it: {@code metrics}, {@code logs} or {@code traces}
 */
public record RejectedRows(PlatformMetrics metrics, String signal) {

  public void count(TenantId tenant, List<Rejection> rejections) {
    for (Rejection rejection : rejections) {
      metrics
          .counter(
              "ghostworks_rejected_rows_total",
              "Rows that were refused, by reason.",
              Labels.of(
                  "signal", signal, "tenant", tenant.value(), "reason", rejection.reason().label()))
          .add(rejection.rows());
    }
  }
}
