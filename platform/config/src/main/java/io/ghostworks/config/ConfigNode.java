package io.ghostworks.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value of a configuration file with its place. Immutable. The tree is the same whether the file
 * was YAML or JSON; aliases are expanded (each with the key path of its use and the position of its
 * definition) and merge keys resolved.
 */
public sealed interface ConfigNode {

  /** Where the value begins. */
  Position position();

  /**
   * The way to the value from the root, as {@code scrape_configs[0].job_name}; empty for the root.
   */
  String keyPath();

  /** One key of a mapping. The key's own position is that of {@code key}. */
  record Entry(ScalarNode key, ConfigNode value) {}

  /**
   * A mapping; keys are unique and in file order, keys brought in by {@code <<} follow the
   * mapping's own.
   */
  record MapNode(Position position, String keyPath, List<Entry> entries) implements ConfigNode {
    public MapNode {
      entries = List.copyOf(entries);
    }

    /** The value of {@code key}, which may be a null scalar. */
    public Optional<ConfigNode> find(String key) {
      for (Entry entry : entries) {
        if (entry.key().text().equals(key)) {
          return Optional.of(entry.value());
        }
      }
      return Optional.empty();
    }
  }

  /** A sequence. */
  record ListNode(Position position, String keyPath, List<ConfigNode> items) implements ConfigNode {
    public ListNode {
      items = List.copyOf(items);
    }
  }

  /**
   * A scalar.
   *
   * @param text as written, after unquoting; for null whatever stood there, often ""
   * @param kind STRING when the scalar was quoted or tagged so
   * @param plain whether it stood without quotes, which decides for some formats
   */
  record ScalarNode(Position position, String keyPath, String text, ScalarKind kind, boolean plain)
      implements ConfigNode {

    /** The same place with another text; an unquoted scalar gets the kind of the new text. */
    public ScalarNode withText(String newText) {
      return new ScalarNode(
          position, keyPath, newText, plain ? Scalars.kindOf(newText) : ScalarKind.STRING, plain);
    }
  }

  /** Whether this is YAML's or JSON's null, including a key without a value. */
  default boolean isNull() {
    return this instanceof ScalarNode scalar && scalar.kind() == ScalarKind.NULL;
  }

  /** "a mapping", "a list", "null" or "a scalar": the word for a message. */
  default String describe() {
    return switch (this) {
      case MapNode _ -> "a mapping";
      case ListNode _ -> "a list";
      case ScalarNode scalar ->
          scalar.kind() == ScalarKind.NULL ? "null" : "'" + scalar.text() + "'";
    };
  }

  /**
   * A copy in which every scalar value (not the keys) is replaced, as formats with environment
   * expansion need.
   */
  default ConfigNode mapScalars(Function<ScalarNode, ConfigNode> replacement) {
    return switch (this) {
      case ScalarNode scalar -> replacement.apply(scalar);
      case ListNode list ->
          new ListNode(
              list.position(),
              list.keyPath(),
              list.items().stream().map(item -> item.mapScalars(replacement)).toList());
      case MapNode map ->
          new MapNode(
              map.position(),
              map.keyPath(),
              map.entries().stream()
                  .map(entry -> new Entry(entry.key(), entry.value().mapScalars(replacement)))
                  .toList());
    };
  }
}
