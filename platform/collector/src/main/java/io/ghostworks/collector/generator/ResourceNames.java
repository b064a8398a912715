package io.ghostworks.collector.generator;

import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueText;
import org.jspecify.annotations.Nullable;

/**
 * How a resource names itself.
 *
 * @param service null where it has no {@code service.name}
 * @param job namespace and name, "" without a name
 * @param instance "" for none
 */
record ResourceNames(@Nullable String service, String job, String instance) {

  static ResourceNames of(AttributeColumns attributes, int resource) {
    String service = find(attributes, resource, "service.name");
    String namespace = find(attributes, resource, "service.namespace");
    String instance = find(attributes, resource, "service.instance.id");
    String job =
        service == null || service.isEmpty()
            ? ""
            : namespace == null || namespace.isEmpty() ? service : namespace + "/" + service;
    return new ResourceNames(service, job, instance == null ? "" : instance);
  }

  /** The text of an attribute, "" for a value that is none, or null. */
  static @Nullable String find(AttributeColumns attributes, int row, String key) {
    int id = attributes.keys().find(key);
    int entry = id < 0 ? -1 : attributes.find(row, id);
    if (entry < 0) {
      return null;
    }
    String text = ValueText.of(attributes.values(), entry);
    return text == null ? "" : text;
  }
}
