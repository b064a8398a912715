package io.ghostworks.alertmanager.config;

import io.ghostworks.alertmanager.notify.Integration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The integrations of receivers by their names, {@code receiver/kind[index]}. */
public final class Integrations {

  private Integrations() {}

  /** An integration and its name. */
  public record Named(String name, Integration integration) {}

  /** Those of all receivers that routes name. */
  public static List<Named> of(AlertmanagerConfig config) {
    return config.usedReceivers().stream().flatMap(each -> of(each).stream()).toList();
  }

  /** Those of one receiver, numbered within their kinds in file order. */
  public static List<Named> of(AlertmanagerConfig.Receiver receiver) {
    List<Named> all = new ArrayList<>();
    for (Integration integration : receiver.integrations()) {
      long index =
          all.stream().filter(each -> each.integration.kind().equals(integration.kind())).count();
      all.add(
          new Named(
              "%s/%s[%d]".formatted(receiver.name(), integration.kind(), index), integration));
    }
    return all;
  }

  /** The kind in a name. */
  public static String kindOf(String name) {
    int end = name.lastIndexOf('[');
    return name.substring(name.lastIndexOf('/') + 1, end < 0 ? name.length() : end);
  }

  /** Where an integration's notifications go, without secrets; null if it is not there. */
  public static @Nullable String target(AlertmanagerConfig config, String name) {
    for (Named each : of(config)) {
      if (each.name.equals(name)) {
        return each.integration.target();
      }
    }
    return null;
  }
}
