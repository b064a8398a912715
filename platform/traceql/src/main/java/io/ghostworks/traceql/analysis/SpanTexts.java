package io.ghostworks.traceql.analysis;

import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Texts of spans that several questions need. Not thread-safe. */
final class SpanTexts {
  private static final String SERVICE_NAME = "service.name";

  private final SpanBatch spans;
  private final String[] services;

  SpanTexts(SpanBatch spans) {
    this.spans = spans;
    this.services = new String[spans.resources().size()];
    AttributeColumns resources = spans.resources().attributes();
    Arrays.setAll(services, resource -> attribute(resources, resource, SERVICE_NAME));
  }

  /** The service of a span, "" if its resource has none. */
  String service(int row) {
    return services[spans.resource(row)];
  }

  String name(int row) {
    return spans.arena().text(spans.name(row));
  }

  /** An attribute of a row as text, "" if it is not there. */
  static String attribute(AttributeColumns attributes, int row, String key) {
    int id = attributes.keys().find(key);
    int entry = id < 0 ? -1 : attributes.find(row, id);
    @Nullable String text = entry < 0 ? null : ValueText.of(attributes.values(), entry);
    return text == null ? "" : text;
  }
}
