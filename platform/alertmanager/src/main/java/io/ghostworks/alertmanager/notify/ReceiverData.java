package io.ghostworks.alertmanager.notify;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an integration remembers for a group between its notifications, such as the id of the
 * message that it updates. Kept in the notification log with the delivery; forgotten when the group
 * is told for the first time again.
 */
public record ReceiverData(Map<String, String> values) {

  /** Nothing. */
  public static final ReceiverData NONE = new ReceiverData(Map.of());

  public ReceiverData {
    values = Map.copyOf(values);
  }

  /** What is remembered under a name; "" for nothing. */
  public String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** The same with one value more. */
  public ReceiverData with(String name, String value) {
    Map<String, String> all = new TreeMap<>(values);
    all.put(name, value);
    return new ReceiverData(all);
  }
}
