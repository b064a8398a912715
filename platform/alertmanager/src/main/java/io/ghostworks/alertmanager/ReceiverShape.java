package io.ghostworks.alertmanager;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The keys of one kind of receiver and what must hold among them. */
final class ReceiverShape {
  private final String[] keys;
  private final List<Consumer<ConfigMap>> rules = new ArrayList<>();

  private ReceiverShape(String... keys) {
    this.keys = keys;
  }

  /** With these keys beside {@code send_resolved} and {@code http_config}. */
  static ReceiverShape of(String keys) {
    return new ReceiverShape(keys.split(" "));
  }

  ReceiverShape atMostOne(String first, String second) {
    rules.add(map -> {
      if (isFilled(map, first) && isFilled(map, second)) {
        map.error(first, "at most one of %s & %s must be configured".formatted(first, second), "");
      }
    });
    return this;
  }

  ReceiverShape exactlyOne(String first, String second) {
    rules.add(map -> {
      if (!isFilled(map, first) && !isFilled(map, second)) {
        map.error("one of %s or %s must be configured".formatted(first, second), "");
      }
    });
    return atMostOne(first, second);
  }

  ReceiverShape required(String key) {
    rules.add(map -> {
      if (!isFilled(map, key)) {
        map.missing(key);
      }
    });
    return this;
  }

  ReceiverShape rule(Consumer<ConfigMap> rule) {
    rules.add(rule);
    return this;
  }

  void check(ConfigMap map) {
    map.know("send_resolved", "http_config");
    map.know(keys);
    map.bool("send_resolved", true);
    rules.forEach(rule -> rule.accept(map));
    map.rejectUnknownKeys();
  }

  /** Whether a key has a value other than an empty text. */
  static boolean isFilled(ConfigMap map, String key) {
    return map.find(key)
        .filter(
            value -> !(value instanceof ConfigNode.ScalarNode scalar && scalar.text().isEmpty()))
        .isPresent();
  }
}
