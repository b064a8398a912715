package io.ghostworks.server.spans;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.server.self.RejectedRows;
import io.ghostworks.wire.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Offers decoded spans and tells, in a sentence, which of them were refused. */
final class SpanIntake {

  private final TelemetrySink<SpanBatch> sink;
  private final RejectedRows rejected;

  SpanIntake(TelemetrySink<SpanBatch> sink, PlatformMetrics metrics) {
    this.sink = sink;
    this.rejected = new RejectedRows(metrics, "traces");
  }

  /**
   * Completes when the spans are on disk and visible, with "" or a sentence that counts the refused
   * ones by reason; fails as the sink does.
   */
  CompletableFuture<String> offer(TenantId tenant, Decoded<SpanBatch> decoded) {
    int rows = decoded.batch().rows();
    if (rows == 0) {
      rejected.count(tenant, decoded.rejections());
      return CompletableFuture.completedFuture(sentence(0, decoded.rejections()));
    }
    return sink.offer(tenant, decoded.batch())
        .thenApply(acknowledgement -> {
          rejected.count(tenant, decoded.rejections());
          return sentence(acknowledgement.acceptedRows(), all(decoded, acknowledgement));
        });
  }

  private static List<Rejection> all(Decoded<?> decoded, Acknowledgement acknowledgement) {
    List<Rejection> all = new ArrayList<>(decoded.rejections());
    all.addAll(acknowledgement.rejections());
    return all;
  }

  private static String sentence(int stored, List<Rejection> rejections) {
    if (rejections.isEmpty()) {
      return "";
    }
    int refused = rejections.stream().mapToInt(Rejection::rows).sum();
    StringBuilder text =
        new StringBuilder("%d spans were refused, %d stored".formatted(refused, stored));
    for (Rejection rejection : rejections) {
      text.append(
          "; %d as %s: %s"
              .formatted(rejection.rows(), rejection.reason().label(), rejection.example()));
    }
    return text.toString();
  }
}
