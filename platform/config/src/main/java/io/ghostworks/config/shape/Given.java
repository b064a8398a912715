package io.ghostworks.config.shape;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.DurationForm;
import java.time.Duration;
import java.util.List;

/**
 * The values of one section as Prometheus holds them after reading it: an absent key has the
 * section's default, a key with null has the zero value of its type. Values of a wrong type are
 * reported elsewhere; here they count as absent.
 */
public record Given(ConfigMap map) {

  /** Whether the key stands there with something other than null. */
  public boolean has(String key) {
    return map.find(key).isPresent();
  }

  /** Whether the key stands there with null, which overwrites a default. */
  public boolean isNull(String key) {
    return map.findIncludingNull(key).filter(ConfigNode::isNull).isPresent();
  }

  public String text(String key, String absent) {
    return isNull(key) ? "" : map.string(key, absent);
  }

  public String text(String key) {
    return text(key, "");
  }

  /** Whether the key has a text that is not empty. */
  public boolean filled(String key) {
    return !text(key).isEmpty();
  }

  public boolean flag(String key, boolean absent) {
    return !isNull(key) && map.bool(key, absent);
  }

  public long integer(String key, long absent) {
    return isNull(key) ? 0 : map.integer(key, absent, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  public double number(String key, double absent) {
    return isNull(key) ? 0 : map.number(key, absent);
  }

  public Duration duration(String key, Duration absent) {
    return isNull(key) ? Duration.ZERO : map.duration(key, DurationForm.PROMETHEUS, absent);
  }

  public long size(String key) {
    return map.size(key, 0);
  }

  public List<String> texts(String key) {
    return map.strings(key);
  }

  /** A section inside this one, empty where absent. */
  public Given section(String key) {
    return new Given(map.mapOrEmpty(key));
  }

  /** Of several keys at most one may be filled. */
  public void atMostOne(String where, String... keys) {
    String first = "";
    for (String key : keys) {
      if (filled(key)) {
        if (!first.isEmpty()) {
          refuseWithoutValue(
              key,
              "at most one of "
                  + where
                  + String.join(", ", keys)
                  + " may be given, and "
                  + first
                  + " is too");
          return;
        }
        first = key;
      }
    }
  }

  /** The key must have a text that is not empty. */
  public void required(String key) {
    required(key, "");
  }

  public void required(String key, String absent) {
    if (text(key, absent).isEmpty()) {
      map.missing(key);
    }
  }

  public void refuse(String key, String rule) {
    map.error(key, rule, "");
  }

  /** For values that may be secret. */
  public void refuseWithoutValue(String key, String rule) {
    map.findIncludingNull(key)
        .ifPresentOrElse(
            value -> map.findings().errorWithoutValue(value, rule, ""), () -> refuse(key, rule));
  }

  /** The section as a whole breaks a rule. */
  public void refuse(String rule) {
    map.error(rule, "");
  }
}
