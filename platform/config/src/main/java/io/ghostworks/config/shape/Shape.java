package io.ghostworks.config.shape;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.DurationForm;
import io.ghostworks.config.Findings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What one section of the file looks like: its keys with their types, and the rules that hold
 * between them. Checking a section reports unknown keys, values of a wrong type and broken rules.
 * Built once, then only read.
 */
public final class Shape {
  private final Map<String, BiConsumer<ConfigMap, String>> fields = new LinkedHashMap<>();
  private final List<Consumer<Given>> rules = new ArrayList<>();

  public static Shape create() {
    return new Shape();
  }

  public Shape text(String... keys) {
    return fields(ConfigMap::findString, keys);
  }

  public Shape secret(String... keys) {
    return fields(ConfigMap::findSecret, keys);
  }

  public Shape flag(String... keys) {
    return fields(ConfigMap::findBool, keys);
  }

  public Shape integer(String... keys) {
    return fields((map, key) -> map.findInteger(key, Long.MIN_VALUE, Long.MAX_VALUE), keys);
  }

  public Shape unsigned(String... keys) {
    return fields((map, key) -> map.findInteger(key, 0, Long.MAX_VALUE), keys);
  }

  public Shape number(String... keys) {
    return fields(ConfigMap::findNumber, keys);
  }

  public Shape duration(String... keys) {
    return fields((map, key) -> map.findDuration(key, DurationForm.PROMETHEUS), keys);
  }

  public Shape size(String... keys) {
    return fields((map, key) -> map.size(key, 0), keys);
  }

  public Shape url(String... keys) {
    return fields(
        (map, key) ->
            map.findString(key)
                .flatMap(GoUrl::problem)
                .ifPresent(
                    problem -> new Given(map).refuseWithoutValue(key, "must be a URL: " + problem)),
        keys);
  }

  public Shape texts(String... keys) {
    return fields(ConfigMap::strings, keys);
  }

  public Shape textMap(String... keys) {
    return fields(ConfigMap::stringMap, keys);
  }

  public Shape secrets(String... keys) {
    return fields(ConfigMap::secrets, keys);
  }

  /** Names to lists of texts. */
  public Shape textLists(String... keys) {
    return fields(
        (map, key) -> map.map(key).ifPresent(lists -> lists.keys().forEach(lists::strings)), keys);
  }

  /** Names to lists of texts that do not appear in messages. */
  public Shape secretLists(String... keys) {
    return fields(
        (map, key) -> map.map(key).ifPresent(lists -> lists.keys().forEach(lists::secrets)), keys);
  }

  /** Any value. */
  public Shape any(String... keys) {
    return fields(ConfigMap::find, keys);
  }

  /** One of some words; null is not looked at. */
  public Shape choice(String key, String... words) {
    return fields((map, k) -> map.oneOf(k, "", List.of(words)), key);
  }

  /** A section of another shape. */
  public Shape section(String key, Shape shape) {
    return fields(
        (map, k) -> map.find(k).ifPresent(node -> shape.check(node, map.findings())), key);
  }

  /** A list of sections of another shape; null elements are not looked at. */
  public Shape sections(String key, Shape shape) {
    return fields(
        (map, k) ->
            map.list(k).stream()
                .filter(node -> !node.isNull())
                .forEach(node -> shape.check(node, map.findings())),
        key);
  }

  /** A mapping of free names to sections of another shape. */
  public Shape sectionMap(String key, Shape shape) {
    return fields(
        (map, k) ->
            map.map(k)
                .ifPresent(sections ->
                    sections
                        .keys()
                        .forEach(name ->
                            sections
                                .find(name)
                                .ifPresent(node -> shape.check(node, map.findings())))),
        key);
  }

  /** Adds all keys and rules of another shape, as Go's inlined structs do. */
  public Shape inline(Shape other) {
    inlineKeys(other);
    rules.addAll(other.rules);
    return this;
  }

  /** Adds all keys of another shape but none of its rules. */
  public Shape inlineKeys(Shape other) {
    fields.putAll(other.fields);
    return this;
  }

  /** Adds a rule, checked after those before it whether they hold or not. */
  public Shape rule(Consumer<Given> rule) {
    rules.add(rule);
    return this;
  }

  /** Adds keys that are read in a way of their own. */
  public Shape fields(BiConsumer<ConfigMap, String> reading, String... keys) {
    for (String key : keys) {
      fields.put(key, reading);
    }
    return this;
  }

  /** Reports everything in {@code node} that is not as this shape says, and gives its values. */
  public Given check(ConfigNode node, Findings findings) {
    ConfigMap map = ConfigMap.of(node, findings);
    fields.forEach((key, reading) -> reading.accept(map, key));
    map.rejectUnknownKeys();
    Given given = new Given(map);
    rules.forEach(rule -> rule.accept(given));
    return given;
  }
}
