package io.ghostworks.config;

import io.ghostworks.config.ConfigNode.Entry;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values of a file as Go's {@code yaml.v2} gives them where no type is expected: null, {@code
 * Boolean} (the words of YAML 1.1 too), {@code Long}, {@code BigInteger}, {@code Double}, {@code
 * String}, {@code List} and {@code Map}. Keys that are no strings are left out, as they are where
 * such values are written as JSON.
 */
public final class GoYaml {
  private static final BigInteger UINT64_MAX = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  private GoYaml() {}

  /** The value of a node. */
  public static @Nullable Object value(ConfigNode node) {
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case ListNode list -> {
        List<@Nullable Object> items = new ArrayList<>();
        list.items().forEach(item -> items.add(value(item)));
        yield items;
      }
      case MapNode map -> {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (Entry entry : map.entries()) {
          if (isString(entry.key())) {
            entries.put(entry.key().text(), value(entry.value()));
          }
        }
        yield entries;
      }
    };
  }

  /** Whether a scalar is a string where no type is expected. */
  public static boolean isString(ScalarNode scalar) {
    return scalar.kind() == ScalarKind.STRING
        && !(scalar.plain() && Scalars.bool(scalar.text()).isPresent());
  }

  private static @Nullable Object scalar(ScalarNode scalar) {
    String text = scalar.text();
    return switch (scalar.kind()) {
      case NULL -> null;
      case BOOLEAN -> Scalars.bool(text).orElse(false);
      case INTEGER -> integer(text);
      case FLOAT -> Scalars.number(text).orElse(0.0);
      case STRING -> {
        Optional<Boolean> bool = scalar.plain() ? Scalars.bool(text) : Optional.empty();
        yield bool.isPresent() ? bool.get() : text;
      }
    };
  }

  private static Object integer(String text) {
    BigInteger value = Scalars.integer(text).orElse(BigInteger.ZERO);
    if (value.bitLength() < Long.SIZE) {
      return value.longValueExact();
    }
    return value.signum() > 0 && value.compareTo(UINT64_MAX) <= 0
        ? value
        : (Object) value.doubleValue();
  }
}
