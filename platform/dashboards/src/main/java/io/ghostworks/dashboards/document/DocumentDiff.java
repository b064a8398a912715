package io.ghostworks.dashboards.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two documents, in the manner of JSON Patch (RFC 6902): paths are JSON
 * pointers, those of what was removed into the first document and all others into the second.
 * Elements of a list that name themselves (panels by id, queries by refId, variables by name) are
 * followed when they move; those that do not are compared by their place.
 */
public final class DocumentDiff {

  private static final int CHANGES_MAX = 5_000;
  private static final List<String> NAMES = List.of("id", "refId", "name", "uid");

  private final List<Change> changes = new ArrayList<>();

  private DocumentDiff() {}

  /**
   * One difference.
   *
   * @param op {@code add}, {@code remove}, {@code replace} or {@code move}
   * @param from where a moved element was; null otherwise
   * @param before null where nothing was
   * @param value null where nothing is
   */
  public record Change(
      String op,
      String path,
      @Nullable String from,
      @Nullable JsonNode before,
      @Nullable JsonNode value) {}

  /** The differences, at most some thousands, in the order of the documents. */
  public static List<Change> of(JsonNode before, JsonNode after) {
    DocumentDiff diff = new DocumentDiff();
    diff.compare("", "", before, after);
    return diff.changes;
  }

  private void compare(String oldPath, String path, JsonNode before, JsonNode after) {
    if (before instanceof ObjectNode one && after instanceof ObjectNode other) {
      objects(oldPath, path, one, other);
    } else if (before instanceof ArrayNode one && after instanceof ArrayNode other) {
      arrays(oldPath, path, one, other);
    } else if (!same(before, after)) {
      add(new Change("replace", path, null, before, after));
    }
  }

  private static boolean same(JsonNode before, JsonNode after) {
    return (before.isNumber() && after.isNumber())
        ? before.decimalValue().compareTo(after.decimalValue()) == 0
        : before.equals(after);
  }

  private void add(Change change) {
    if (changes.size() < CHANGES_MAX) {
      changes.add(change);
    }
  }

  private void objects(String oldPath, String path, ObjectNode before, ObjectNode after) {
    for (Map.Entry<String, JsonNode> field : before.properties()) {
      String key = "/" + escaped(field.getKey());
      JsonNode now = after.get(field.getKey());
      if (now == null) {
        add(new Change("remove", oldPath + key, null, field.getValue(), null));
      } else {
        compare(oldPath + key, path + key, field.getValue(), now);
      }
    }
    for (Map.Entry<String, JsonNode> field : after.properties()) {
      if (!before.has(field.getKey())) {
        add(new Change("add", path + "/" + escaped(field.getKey()), null, null, field.getValue()));
      }
    }
  }

  private void arrays(String oldPath, String path, ArrayNode before, ArrayNode after) {
    String name = name(before, after);
    if (name.isEmpty()) {
      byPlace(oldPath, path, before, after);
    } else {
      byName(name, oldPath, path, before, after);
    }
  }

  private void byPlace(String oldPath, String path, ArrayNode before, ArrayNode after) {
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      if (i >= after.size()) {
        add(new Change("remove", oldPath + "/" + i, null, before.get(i), null));
      } else if (i >= before.size()) {
        add(new Change("add", path + "/" + i, null, null, after.get(i)));
      } else {
        compare(oldPath + "/" + i, path + "/" + i, before.get(i), after.get(i));
      }
    }
  }

  private void byName(String name, String oldPath, String path, ArrayNode before, ArrayNode after) {
    Map<JsonNode, Integer> old = places(name, before);
    Map<JsonNode, Integer> now = places(name, after);
    old.forEach((key, at) -> {
      if (!now.containsKey(key)) {
        add(new Change("remove", oldPath + "/" + at, null, before.get(at), null));
      }
    });
    List<JsonNode> order = old.keySet().stream().filter(now::containsKey).toList();
    int rank = 0;
    for (Map.Entry<JsonNode, Integer> element : now.entrySet()) {
      int at = element.getValue();
      Integer was = old.get(element.getKey());
      if (was == null) {
        add(new Change("add", path + "/" + at, null, null, after.get(at)));
        continue;
      }
      if (!element.getKey().equals(order.get(rank++))) {
        add(new Change("move", path + "/" + at, oldPath + "/" + was, null, null));
      }
      compare(oldPath + "/" + was, path + "/" + at, before.get(was), after.get(at));
    }
  }

  /** The key whose values tell all elements of both lists apart; "" if there is none. */
  private static String name(ArrayNode before, ArrayNode after) {
    for (String name : NAMES) {
      if (!before.isEmpty() && !after.isEmpty() && names(name, before) && names(name, after)) {
        return name;
      }
    }
    return "";
  }

  private static boolean names(String name, ArrayNode list) {
    Set<JsonNode> seen = new HashSet<>();
    for (JsonNode element : list) {
      if (!element.path(name).isValueNode() || !seen.add(element.get(name))) {
        return false;
      }
    }
    return true;
  }

  private static Map<JsonNode, Integer> places(String name, ArrayNode list) {
    Map<JsonNode, Integer> places = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      var _ = places.put(list.get(i).get(name), i);
    }
    return places;
  }

  private static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
