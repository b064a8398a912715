package io.ghostworks.alertmanager.notify;

import io.ghostworks.config.ConfigMap;
import java.util.function.BiFunction;

/** A kind of receiver: which section of a receiver configures it, and how that is read. */
public interface ReceiverKind {

  /** The section's key, such as {@code webhook_configs}. */
  String section();

  /**
   * Reads one entry of the section. Mistakes go into the map's findings; what is returned then is
   * only good for going on.
   *
   * @param global the file's global section, whose settings stand in for missing ones
   */
  Integration read(ConfigMap map, ConfigMap global);

  /** The kind of a section and its reader. */
  static ReceiverKind of(String section, BiFunction<ConfigMap, ConfigMap, Integration> reader) {
    return new ReceiverKind() {
      @Override
      public String section() {
        return section;
      }

      @Override
      public Integration read(ConfigMap map, ConfigMap global) {
        return reader.apply(map, global);
      }
    };
  }
}
