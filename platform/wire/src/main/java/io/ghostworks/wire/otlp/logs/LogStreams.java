package io.ghostworks.wire.otlp.logs;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.loki.ServiceName;
import io.ghostworks.wire.otlp.AnyValueText;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Gives the rows of a decoded batch their streams, as Loki's OTLP endpoint does by default: certain
 * resource attributes become labels, with underscores for dots; {@code service_name} is found or
 * {@code unknown_service}. Everything else stays an attribute, which LogQL finds as structured
 * metadata. Rows without a time get the time of their observation. Immutable and thread-safe.
 *
 * <p>Source: the behaviour of grafana/loki pkg/loghttp/push.
 */
public final class LogStreams {

  /** The resource attributes that become labels unless configured otherwise. */
  public static final List<String> LABELS_BY_DEFAULT =
      List.of(
          "service.name",
          "service.namespace",
          "service.instance.id",
          "deployment.environment",
          "deployment.environment.name",
          "cloud.region",
          "cloud.availability_zone",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.pod.name",
          "k8s.container.name",
          "container.name",
          "k8s.replicaset.name",
          "k8s.deployment.name",
          "k8s.statefulset.name",
          "k8s.daemonset.name",
          "k8s.cronjob.name",
          "k8s.job.name");

  private final Set<String> labels;

  /**
   * @param labels the resource attributes that become labels
   */
  public LogStreams(List<String> labels) {
    this.labels = Set.copyOf(labels);
  }

  /**
   * Files all rows.
   *
   * @param nowNanos the time of rows that have none at all, since the epoch
   */
  public void assign(LogBatch batch, long nowNanos) {
    int[] streamOfResource = new int[batch.resources().size()];
    Arrays.fill(streamOfResource, -1);
    for (int row = 0; row < batch.rows(); row++) {
      int resource = batch.resource(row);
      if (streamOfResource[resource] < 0) {
        streamOfResource[resource] = batch.streams().add(stream(batch, resource));
      }
      batch.setStream(row, streamOfResource[resource]);
      if (batch.timeNanos(row) == 0) {
        if (batch.observedNanos(row) != 0) {
          batch.setTimeObserved(row);
        } else {
          batch.setTimeNanos(row, nowNanos);
        }
      }
    }
  }

  private Labels stream(LogBatch batch, int resource) {
    AttributeColumns attributes = batch.resources().attributes();
    Labels.Builder builder = Labels.builder();
    for (int entry = attributes.start(resource); entry < attributes.end(resource); entry++) {
      if (labels.contains(attributes.key(entry)) && isPlain(attributes.values(), entry)) {
        builder.set(
            AttributeNames.LOKI.label(attributes.key(entry)),
            AnyValueText.of(attributes.values(), entry));
      }
    }
    return ServiceName.discover(builder);
  }

  /** Whether a value can be a label's: maps are no label, and neither is what has no text. */
  private static boolean isPlain(ValueColumn values, int entry) {
    byte type = values.type(entry);
    return type != ValueColumn.KEY_VALUES
        && type != ValueColumn.NONE
        && !(type == ValueColumn.STRING && ByteArena.length(values.payload(entry)) == 0);
  }
}
