package io.ghostworks.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.config.ConfigNode.Entry;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import io.ghostworks.model.label.UserRegex;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A typed view of one mapping of a configuration file. Each method reads one key, notes that it is
 * known, and puts a mistake into the {@link Findings} instead of throwing, so that a reader goes on
 * and a file's mistakes come out together; what it then returns is the default (or an empty value)
 * and only good for going on. A key with null counts as absent unless a method says otherwise.
 * Strings take any scalar's text, booleans YAML 1.1's words, as Go programs do.
 *
 * <p>Strict owners call {@link #rejectUnknownKeys} last. Not thread-safe.
 */
public final class ConfigMap {
  private final MapNode node;
  private final Findings findings;
  private final Map<String, Entry> entries = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  private ConfigMap(MapNode node, Findings findings) {
    this.node = node;
    this.findings = findings;
    for (Entry entry : node.entries()) {
      entries.put(entry.key().text(), entry);
    }
  }

  /**
   * A view of {@code node}; where it is not a mapping that is a mistake, and the view is empty.
   * Null is an empty mapping.
   */
  public static ConfigMap of(ConfigNode node, Findings findings) {
    if (node instanceof MapNode map) {
      return new ConfigMap(map, findings);
    }
    if (!node.isNull()) {
      findings.errorWithoutValue(
          node, "must be a mapping of keys to values", ""); // may be a secret
    }
    return new ConfigMap(new MapNode(node.position(), node.keyPath(), List.of()), findings);
  }

  public MapNode node() {
    return node;
  }

  public Findings findings() {
    return findings;
  }

  public Position position() {
    return node.position();
  }

  public String keyPath() {
    return node.keyPath();
  }

  /** The keys in file order, read or not. */
  public List<String> keys() {
    return node.entries().stream().map(entry -> entry.key().text()).toList();
  }

  /**
   * Whether {@code key} stands there with a value other than null. Does not count as reading it.
   */
  public boolean has(String key) {
    Entry entry = entries.get(key);
    return entry != null && !entry.value().isNull();
  }

  /** The value as it stands, without null. */
  public Optional<ConfigNode> find(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key)).map(Entry::value).filter(value -> !value.isNull());
  }

  /** The value as it stands, also null. */
  public Optional<ConfigNode> findIncludingNull(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  public Optional<String> findString(String key) {
    return find(key).flatMap(this::text);
  }

  public String string(String key, String absent) {
    return findString(key).orElse(absent);
  }

  /** A string that must be there and not empty. */
  public String requiredString(String key) {
    String text = string(key, "");
    if (text.isEmpty() && (find(key).isEmpty() || find(key).get() instanceof ScalarNode)) {
      missing(key);
    }
    return text;
  }

  /** One of {@code allowed}, exactly as written there. */
  public String oneOf(String key, String absent, List<String> allowed) {
    String text = string(key, absent);
    if (find(key).isPresent() && !allowed.contains(text)) {
      List<String> words = allowed.stream().filter(word -> !word.isEmpty()).toList();
      error(key, "must be one of " + String.join(", ", words), "");
      return absent;
    }
    return text;
  }

  public boolean bool(String key, boolean absent) {
    return findBool(key).orElse(absent);
  }

  public Optional<Boolean> findBool(String key) {
    return scalar(
        key,
        scalar -> scalar.plain() ? Scalars.bool(scalar.text()) : Optional.empty(),
        "must be true or false");
  }

  /** A whole number from {@code min} to {@code max}, both allowed. */
  public long integer(String key, long absent, long min, long max) {
    return findInteger(key, min, max).orElse(absent);
  }

  /** A whole number from {@code min} to {@code max}, both allowed. */
  public Optional<Long> findInteger(String key, long min, long max) {
    Optional<BigInteger> value =
        scalar(
            key,
            scalar -> scalar.plain() ? Scalars.integral(scalar.text()) : Optional.empty(),
            "must be a whole number");
    if (value.isPresent()
        && (value.get().compareTo(BigInteger.valueOf(min)) < 0
            || value.get().compareTo(BigInteger.valueOf(max)) > 0)) {
      error(key, "must be a whole number from " + min + " to " + max, "");
      return Optional.empty();
    }
    return value.map(BigInteger::longValueExact);
  }

  public double number(String key, double absent) {
    return findNumber(key).orElse(absent);
  }

  public Optional<Double> findNumber(String key) {
    return scalar(
        key,
        scalar -> scalar.plain() ? Scalars.number(scalar.text()) : Optional.empty(),
        "must be a number");
  }

  public Duration duration(String key, DurationForm form, Duration absent) {
    return findDuration(key, form).orElse(absent);
  }

  public Optional<Duration> findDuration(String key, DurationForm form) {
    return parsed(key, form::parse);
  }

  /** A size in bytes in the forms of {@link ByteSize}. */
  public long size(String key, long absentBytes) {
    return parsed(key, ByteSize::parse).orElse(absentBytes);
  }

  /** A pattern in RE2 syntax, not anchored. */
  public Optional<Pattern> findRegex(String key) {
    return parsed(key, ConfigMap::compile);
  }

  /** A value that must not be printed; it does not appear in errors either. */
  public Optional<Secret> findSecret(String key) {
    Optional<ConfigNode> value = find(key);
    if (value.isPresent() && !(value.get() instanceof ScalarNode)) {
      findings.errorWithoutValue(value.get(), "must be a string", "");
      return Optional.empty();
    }
    return value.map(scalar -> Secret.of(((ScalarNode) scalar).text()));
  }

  /**
   * A list of values that must not be printed; empty where absent. They do not appear in errors
   * either.
   */
  public List<Secret> secrets(String key) {
    List<Secret> secrets = new ArrayList<>();
    ConfigNode value = find(key).orElse(null);
    if (value instanceof ListNode list) {
      for (ConfigNode item : list.items()) {
        if (item instanceof ScalarNode scalar) {
          secrets.add(Secret.of(item.isNull() ? "" : scalar.text()));
        } else {
          findings.errorWithoutValue(item, "must be a string", "");
        }
      }
    } else if (value != null) {
      findings.errorWithoutValue(value, "must be a list", "");
    }
    return secrets;
  }

  /** A list of scalars as strings; empty where absent. A null item is "". */
  public List<String> strings(String key) {
    List<String> texts = new ArrayList<>();
    for (ConfigNode item : list(key)) {
      texts.add(item.isNull() ? "" : text(item).orElse(""));
    }
    return texts;
  }

  /** The items of a list as they stand; empty where absent. */
  public List<ConfigNode> list(String key) {
    return switch (find(key).orElse(null)) {
      case ListNode list -> list.items();
      case null -> List.of();
      case MapNode other -> notAList(other);
      case ScalarNode other -> notAList(other);
    };
  }

  /** A list of mappings; empty where absent. */
  public List<ConfigMap> maps(String key) {
    return list(key).stream().map(item -> of(item, findings)).toList();
  }

  /** A mapping under this one; empty where absent. */
  public Optional<ConfigMap> map(String key) {
    return find(key).map(value -> of(value, findings));
  }

  /** A mapping under this one, an empty one where absent. */
  public ConfigMap mapOrEmpty(String key) {
    return map(key)
        .orElseGet(() ->
            new ConfigMap(
                new MapNode(node.position(), TreeBuilding.child(node.keyPath(), key), List.of()),
                findings));
  }

  /** A mapping of names to strings, in file order; empty where absent. A null value is "". */
  public Map<String, String> stringMap(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(key)
        .ifPresent(map -> {
          for (Entry entry : map.node.entries()) {
            texts.put(
                entry.key().text(), entry.value().isNull() ? "" : text(entry.value()).orElse(""));
          }
        });
    return texts;
  }

  /** The text of a scalar; a mapping or list is a mistake. */
  public Optional<String> text(ConfigNode value) {
    if (value instanceof ScalarNode scalar) {
      return Optional.of(scalar.text());
    }
    findings.error(value, "must be a string, not " + value.describe(), "");
    return Optional.empty();
  }

  /**
   * Notes that {@code key} breaks {@code rule}: at its value, or at this mapping where it is
   * absent.
   */
  public void error(String key, String rule, String howToMend) {
    known.add(key);
    Entry entry = entries.get(key);
    if (entry != null) {
      findings.error(entry.value(), rule, howToMend);
    } else {
      findings.error(
          ConfigError.at(
              node.position(), TreeBuilding.child(node.keyPath(), key), rule, "", howToMend));
    }
  }

  /** Notes that this mapping as a whole breaks {@code rule}. */
  public void error(String rule, String howToMend) {
    findings.error(node, rule, howToMend);
  }

  /** Notes that {@code key} must be given. */
  public void missing(String key) {
    error(key, "must be given and not empty", "");
  }

  /** Where {@code key} is given: notes that this version does not do what it asks for. */
  public void unsupported(String key, String reason) {
    find(key).ifPresent(value -> findings.unsupported(value, reason));
  }

  /** Where {@code key} asks for something: notes that it has no effect, and what follows. */
  public void withoutEffect(String key, String consequence) {
    find(key)
        .filter(value -> !isEmpty(value))
        .ifPresent(value -> findings.withoutEffect(value, consequence));
  }

  private static boolean isEmpty(ConfigNode node) {
    return switch (node) {
      case ConfigNode.MapNode section -> section.entries().isEmpty();
      case ConfigNode.ListNode list -> list.items().isEmpty();
      case ConfigNode.ScalarNode scalar -> scalar.text().isEmpty();
    };
  }

  /**
   * What each key asks for that was not read is not done by this version. For owners whose unknown
   * keys are refused already. Call last.
   */
  public void unsupportedRest(String reason) {
    for (Entry entry : node.entries()) {
      if (!known.contains(entry.key().text())) {
        unsupported(entry.key().text(), reason);
      }
    }
  }

  /** Counts {@code names} as known although nothing reads them. */
  public void know(String... names) {
    known.addAll(List.of(names));
  }

  /** Every key that was not read is a mistake. Call last. */
  public void rejectUnknownKeys() {
    for (Entry entry : node.entries()) {
      ScalarNode key = entry.key();
      if (!known.contains(key.text())) {
        findings.error(
            ConfigError.at(
                key.position(),
                key.keyPath(),
                "is not a key that is known here",
                "",
                Spelling.nearest(key.text(), known)
                    .map(near -> "did you mean '" + near + "'?")
                    .orElse("remove it, or check its indentation")));
      }
    }
  }

  private List<ConfigNode> notAList(ConfigNode value) {
    findings.error(value, "must be a list, not " + value.describe(), "");
    return List.of();
  }

  private <T> Optional<T> scalar(
      String key, Function<ScalarNode, Optional<T>> reading, String rule) {
    Optional<ConfigNode> value = find(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> read =
        value.get() instanceof ScalarNode scalar ? reading.apply(scalar) : Optional.empty();
    if (read.isEmpty()) {
      findings.error(value.get(), rule, "");
    }
    return read;
  }

  private <T> Optional<T> parsed(String key, Function<String, T> parse) {
    Optional<ConfigNode> value = find(key);
    Optional<String> text = value.flatMap(this::text);
    if (value.isEmpty() || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(text.get()));
    } catch (IllegalArgumentException e) {
      findings.error(value.get(), String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }

  private static Pattern compile(String regex) {
    try {
      return UserRegex.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "must be a regular expression in RE2 syntax: " + e.getDescription(), e);
    }
  }
}
