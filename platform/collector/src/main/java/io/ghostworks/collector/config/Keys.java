package io.ghostworks.collector.config;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.Entry;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a section of the Collector's file has, and the sections under them. A key that is
 * not among them is a mistake, in the Collector's words.
 */
final class Keys {
  /** A value whose keys are free, or that has none. */
  static final Keys FREE = new Keys(Map.of(), null);

  private final Map<String, Keys> sections;
  private final @Nullable Keys each;

  private Keys(Map<String, Keys> sections, @Nullable Keys each) {
    this.sections = sections;
    this.each = each;
  }

  /** A section with these keys, separated by blanks, without sections below. */
  static Keys of(String words) {
    Map<String, Keys> sections = new LinkedHashMap<>();
    for (String word : words.strip().split("\\s+")) {
      sections.put(word, FREE);
    }
    return new Keys(sections, null);
  }

  /** A section with names of the user's own, of which each holds {@code section}. */
  static Keys each(Keys section) {
    return new Keys(Map.of(), section);
  }

  /** This section, where {@code key} holds a section, or a list of such. */
  Keys with(String key, Keys section) {
    Map<String, Keys> more = new LinkedHashMap<>(sections);
    more.put(key, section);
    return new Keys(more, null);
  }

  /** This section with the keys of another beside its own. */
  Keys and(Keys other) {
    Map<String, Keys> more = new LinkedHashMap<>(sections);
    more.putAll(other.sections);
    return new Keys(more, null);
  }

  /** A section that can be switched off as a whole. */
  Keys optional() {
    return with("enabled", FREE);
  }

  /**
   * Notes the unknown keys of a section, and of the sections below.
   *
   * @return the section without them, so that the mistake is told once
   */
  ConfigNode withoutUnknown(ConfigNode section, Findings findings) {
    return kept(section, "", findings);
  }

  private ConfigNode kept(ConfigNode node, String path, Findings findings) {
    if (each == null && sections.isEmpty()) {
      return node;
    }
    return switch (node) {
      case MapNode map -> new MapNode(map.position(), map.keyPath(), kept(map, path, findings));
      case ListNode list -> {
        List<ConfigNode> items = new ArrayList<>();
        for (ConfigNode item : list.items()) {
          items.add(kept(item, path + "[" + items.size() + "]", findings));
        }
        yield new ListNode(list.position(), list.keyPath(), items);
      }
      case ConfigNode.ScalarNode scalar -> scalar;
    };
  }

  private List<Entry> kept(MapNode map, String path, Findings findings) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : map.entries()) {
      String key = entry.key().text();
      Keys below = sections.get(key);
      if (each != null) {
        ConfigNode value = each.kept(entry.value(), path + "[" + key + "]", findings);
        entries.add(new Entry(entry.key(), value));
      } else if (below != null) {
        String under = path.isEmpty() ? key : path + "." + key;
        entries.add(new Entry(entry.key(), below.kept(entry.value(), under, findings)));
      } else {
        findings.error(unknown(entry, path));
      }
    }
    return entries;
  }

  private ConfigError unknown(Entry entry, String path) {
    String key = entry.key().text();
    return ConfigError.at(
        entry.key().position(),
        entry.key().keyPath(),
        "'%s' has invalid keys: %s".formatted(path, key),
        "",
        Spelling.nearest(key, sections.keySet())
            .map(near -> "did you mean '" + near + "'?")
            .orElse("remove it, or check its indentation"));
  }
}
