package io.ghostworks.alertmanager;

import io.ghostworks.model.label.LabelNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.Timers;
import io.ghostworks.state.ReceivedAlerts;
import java.util.LinkedHashMap;
import java.util.Map;

/** Alerts that are told together. Guarded by the dispatcher. */
final class AlertGroup {
  final Labels labels;
  final Map<Labels, ReceivedAlerts.Row> alerts = new LinkedHashMap<>();
  Timers.Timer next = () -> {};

  AlertGroup(Labels labels) {
    this.labels = labels;
  }

  /** The root route's key, which is {@code {}}, and the labels. */
  String key() {
    StringBuilder key = new StringBuilder("{}:{");
    String[] separator = {""};
    labels.forEach((name, value) -> {
      key.append(separator[0]).append(name).append('=');
      LabelNames.quote(value, key);
      separator[0] = ", ";
    });
    return key.append('}').toString();
  }
}
