package io.ghostworks.collector.generator;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueText;
import java.util.List;
import java.util.Set;

/** {@code traces_target_info}: the attributes of each resource that sends spans, as labels. */
final class TargetInfo {
  private static final Set<String> OWN =
      Set.of("service.name", "service.namespace", "service.instance.id");
  private static final Set<String> RESERVED =
      Set.of(
          "service", "span_name", "span_kind", "status_code", "status_message", "job", "instance");

  private final GeneratorSettings.SpanMetrics settings;
  private final SeriesRegistry registry;
  private final SeriesGroup group;
  private final Set<String> excluded;
  private final KeyBytes key = new KeyBytes();

  TargetInfo(GeneratorSettings.SpanMetrics settings, SeriesRegistry registry) {
    this.settings = settings;
    this.registry = registry;
    this.group =
        registry.group(
            List.of(
                SeriesFamily.gauge("traces_target_info", "Attributes of the senders of spans.")),
            1);
    this.excluded = Set.copyOf(settings.targetInfoExcluded());
  }

  void set(SpanBatch batch, int resource, ResourceNames names, long nowMs) {
    Labels.Builder labels = Labels.builder();
    AttributeColumns attributes = batch.resources().attributes();
    for (int entry = attributes.start(resource); entry < attributes.end(resource); entry++) {
      String name = attributes.key(entry);
      boolean begins = !name.isEmpty() && (name.charAt(0) < '0' || name.charAt(0) > '9');
      String value = ValueText.of(attributes.values(), entry);
      if (begins && value != null && !OWN.contains(name) && !excluded.contains(name)) {
        String label = LabelName.of(name);
        labels.set(RESERVED.contains(label) ? "__" + label : label, value);
      }
    }
    boolean hasOthers = !labels.names().isEmpty();
    labels.set("job", names.job());
    labels.set("instance", settings.instanceLabel() ? names.instance() : "");
    boolean identified =
        !names.job().isEmpty() || (settings.instanceLabel() && !names.instance().isEmpty());
    if (!identified || !hasOthers) {
      return;
    }
    Labels built = registry.withExternalLabels(labels.build());
    key.clear();
    built.forEach((name, value) -> {
      key.put(name);
      key.put(value);
    });
    SeriesEntry entry = group.find(key);
    if (entry == null) {
      entry = group.add(key, built);
    }
    entry.updatedMs = nowMs;
    entry.set(0, 1);
  }
}
