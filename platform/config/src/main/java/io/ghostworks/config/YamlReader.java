package io.ghostworks.config;

import io.ghostworks.config.ConfigNode.Entry;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML text into positioned trees as Go's YAML libraries understand it: duplicate keys are an
 * error, aliases are expanded under a bound, {@code <<} merges mappings (a mapping's own keys win,
 * earlier merged mappings before later ones).
 */
public final class YamlReader {
  private static final String MERGE = "<<";
  private static final String CORE_TAG = "tag:yaml.org,2002:";

  private final TreeBuilding building;
  private final Iterator<Event> events;
  private final Map<String, ConfigNode> anchors = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  private YamlReader(TreeBuilding building, Iterator<Event> events) {
    this.building = building;
    this.events = events;
  }

  /**
   * The first document of {@code text}, a null scalar where it is empty. Later documents are not
   * looked at, as in Go.
   */
  public static ConfigNode read(String file, String text) {
    return read(file, text, TreeLimits.DEFAULT);
  }

  /**
   * The first document of {@code text} within {@code limits}.
   *
   * @throws ConfigException where the text is not YAML or breaks a limit; always exactly one error
   */
  public static ConfigNode read(String file, String text, TreeLimits limits) {
    List<ConfigNode> documents = documents(file, text, limits, 1);
    if (documents.isEmpty()) {
      return new ScalarNode(new Position(file, 1, 1), "", "", ScalarKind.NULL, true);
    }
    return documents.getFirst();
  }

  /** All documents of {@code text}, empty where it has none. */
  public static List<ConfigNode> readAll(String file, String text) {
    return documents(file, text, TreeLimits.DEFAULT, Integer.MAX_VALUE);
  }

  private static List<ConfigNode> documents(
      String file, String text, TreeLimits limits, int documentsMax) {
    TreeBuilding building = new TreeBuilding(file, limits);
    building.checkLength(text);
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(Integer.MAX_VALUE).build();
    String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      Iterator<Event> events = new Parse(settings).parseString(withoutMark).iterator();
      List<ConfigNode> documents = new ArrayList<>();
      while (documents.size() < documentsMax && events.hasNext()) {
        if (events.next() instanceof DocumentStartEvent) {
          YamlReader reader = new YamlReader(building, events);
          documents.add(reader.node(events.next(), "", 0));
        }
      }
      return documents;
    } catch (MarkedYamlEngineException e) {
      Position position =
          e.getProblemMark()
              .or(e::getContextMark)
              .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
              .orElse(Position.wholeFile(file));
      String context = e.getContext() == null ? "" : " (" + e.getContext() + ")";
      throw building.refused(position, "", "must be YAML: " + e.getProblem() + context, "");
    } catch (YamlEngineException e) {
      throw building.refused(Position.wholeFile(file), "", "must be YAML: " + e.getMessage(), "");
    }
  }

  private ConfigNode node(Event event, String path, int depth) {
    Position position = position(event);
    building.count(position, path, depth);
    return switch (event) {
      case AliasEvent alias -> copy(aliased(alias, path), path, depth);
      case ScalarEvent scalar -> anchored(scalar, scalar(scalar, path));
      case CollectionStartEvent start -> collection(start, position, path, depth);
      default -> throw new IllegalStateException("a value cannot begin with " + event);
    };
  }

  private ConfigNode collection(
      CollectionStartEvent start, Position position, String path, int depth) {
    String anchor = start.getAnchor().map(Object::toString).orElse("");
    open.add(anchor);
    ConfigNode node =
        start instanceof MappingStartEvent
            ? mapping(position, path, depth)
            : sequence(position, path, depth);
    open.remove(anchor);
    return anchored(start, node);
  }

  private ListNode sequence(Position position, String path, int depth) {
    List<ConfigNode> items = new ArrayList<>();
    Event event = events.next();
    while (!(event instanceof SequenceEndEvent)) {
      items.add(node(event, TreeBuilding.child(path, items.size()), depth + 1));
      event = events.next();
    }
    return new ListNode(position, path, items);
  }

  private MapNode mapping(Position position, String path, int depth) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<MapNode> merged = new ArrayList<>();
    Event event = events.next();
    while (!(event instanceof MappingEndEvent)) {
      ScalarNode key = key(event, path, depth);
      ConfigNode value = node(events.next(), key.keyPath(), depth + 1);
      if (key.plain() && key.text().equals(MERGE)) {
        addMerged(value, path, merged);
      } else {
        Entry before = entries.putIfAbsent(key.text(), new Entry(key, value));
        if (before != null) {
          throw building.duplicateKey(key, before.key().position());
        }
      }
      event = events.next();
    }
    for (MapNode map : merged) {
      for (Entry entry : map.entries()) {
        if (!entries.containsKey(entry.key().text())) {
          entries.put(entry.key().text(), copy(entry, path, depth));
        }
      }
    }
    return new MapNode(position, path, new ArrayList<>(entries.values()));
  }

  private ScalarNode key(Event event, String path, int depth) {
    Position position = position(event);
    ConfigNode key = node(event, path, depth + 1);
    if (!(key instanceof ScalarNode scalar)) {
      throw building.refused(position, path, "must have scalars as keys", "");
    }
    return new ScalarNode(
        position,
        TreeBuilding.child(path, scalar.text()),
        scalar.text(),
        scalar.kind(),
        scalar.plain());
  }

  private void addMerged(ConfigNode value, String path, List<MapNode> merged) {
    switch (value) {
      case MapNode map -> merged.add(map);
      case ListNode list -> {
        for (ConfigNode item : list.items()) {
          if (!(item instanceof MapNode map)) {
            throw mergeNeedsMapping(item, path);
          }
          merged.add(map);
        }
      }
      case ScalarNode scalar -> throw mergeNeedsMapping(scalar, path);
    }
  }

  private ConfigException mergeNeedsMapping(ConfigNode value, String path) {
    return building.refused(
        value.position(), path, "must merge a mapping or a list of mappings with <<", "");
  }

  private ConfigNode aliased(AliasEvent alias, String path) {
    String name = alias.getAlias().toString();
    if (open.contains(name)) {
      throw building.refused(
          position(alias), path, "must not refer to the value that contains it", "*" + name);
    }
    return Optional.ofNullable(anchors.get(name))
        .orElseThrow(() ->
            building.refused(
                position(alias), path, "must name an anchor defined before it", "*" + name));
  }

  private ConfigNode anchored(NodeEvent event, ConfigNode node) {
    event.getAnchor().ifPresent(anchor -> anchors.put(anchor.toString(), node));
    return node;
  }

  /**
   * The aliased value under the path of its use. Counted anew, so that aliases of aliases stay
   * within the limits.
   */
  private ConfigNode copy(ConfigNode node, String path, int depth) {
    building.count(node.position(), path, depth);
    return switch (node) {
      case ScalarNode scalar ->
          new ScalarNode(scalar.position(), path, scalar.text(), scalar.kind(), scalar.plain());
      case ListNode list -> {
        List<ConfigNode> items = new ArrayList<>();
        for (ConfigNode item : list.items()) {
          items.add(copy(item, TreeBuilding.child(path, items.size()), depth + 1));
        }
        yield new ListNode(list.position(), path, items);
      }
      case MapNode map -> {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : map.entries()) {
          entries.add(copy(entry, path, depth));
        }
        yield new MapNode(map.position(), path, entries);
      }
    };
  }

  private Entry copy(Entry entry, String path, int depth) {
    ScalarNode key = entry.key();
    String childPath = TreeBuilding.child(path, key.text());
    return new Entry(
        new ScalarNode(key.position(), childPath, key.text(), key.kind(), key.plain()),
        copy(entry.value(), childPath, depth + 1));
  }

  private ScalarNode scalar(ScalarEvent event, String path) {
    Position position = position(event);
    String text = event.getValue();
    String tag = event.getTag().orElse("");
    if (tag.isEmpty()) {
      ScalarKind kind = event.isPlain() ? Scalars.kindOf(text) : ScalarKind.STRING;
      return new ScalarNode(position, path, text, kind, event.isPlain());
    }
    if (!tag.startsWith(CORE_TAG)) {
      return new ScalarNode(position, path, text, ScalarKind.STRING, false);
    }
    return switch (tag.substring(CORE_TAG.length())) {
      case "binary" ->
          new ScalarNode(position, path, base64(text, position, path), ScalarKind.STRING, false);
      case "null", "bool", "int", "float" ->
          new ScalarNode(position, path, text, kindByTag(tag, text, position, path), true);
      default -> new ScalarNode(position, path, text, ScalarKind.STRING, false);
    };
  }

  private ScalarKind kindByTag(String tag, String text, Position position, String path) {
    String wanted = tag.substring(CORE_TAG.length());
    ScalarKind kind = Scalars.kindOf(text);
    boolean matches =
        switch (wanted) {
          case "null" -> kind == ScalarKind.NULL;
          case "bool" -> Scalars.bool(text).isPresent();
          case "int" -> kind == ScalarKind.INTEGER;
          default -> kind == ScalarKind.INTEGER || kind == ScalarKind.FLOAT;
        };
    if (!matches) {
      throw building.refused(position, path, "must be what its tag !!" + wanted + " says", text);
    }
    return switch (wanted) {
      case "bool" -> ScalarKind.BOOLEAN;
      case "float" -> ScalarKind.FLOAT;
      default -> kind;
    };
  }

  private String base64(String text, Position position, String path) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw building.refused(
          position, path, "must be base64 of UTF-8 text, as its tag !!binary says", "");
    }
  }

  private Position position(Event event) {
    Optional<Mark> mark = event.getStartMark();
    return building.at(
        mark.map(start -> start.getLine() + 1).orElse(0),
        mark.map(start -> start.getColumn() + 1).orElse(0));
  }
}
