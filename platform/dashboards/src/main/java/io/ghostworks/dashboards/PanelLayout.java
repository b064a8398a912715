package io.ghostworks.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gives panels what Grafana would give them on import: ids, reference ids of queries, and places in
 * a grid of 24 columns, two panels side by side below those that have a place.
 */
final class PanelLayout {
  private static final int COLUMNS = 24;
  private static final int WIDTH = 12;
  private static final int HEIGHT = 8;

  private final Set<Integer> ids = new HashSet<>();
  private int nextId = 1;
  private int x;
  private int y;

  private PanelLayout() {}

  /** Completes the panels of a dashboard in place. */
  static void complete(ObjectNode dashboard) {
    if (!(dashboard.get("panels") instanceof ArrayNode panels)) {
      return;
    }
    new PanelLayout().run(panels);
  }

  private void run(ArrayNode panels) {
    List<ObjectNode> all = flat(panels);
    for (ObjectNode panel : all) {
      if (panel.path("id").isInt()) {
        ids.add(panel.get("id").intValue());
      }
      JsonNode place = panel.path("gridPos");
      y = Math.max(y, place.path("y").asInt() + place.path("h").asInt());
    }
    Set<Integer> seen = new HashSet<>();
    for (ObjectNode panel : all) {
      if (!panel.path("id").isInt() || !seen.add(panel.get("id").intValue())) {
        panel.put("id", freeId());
      }
      nameQueries(panel);
      if (!panel.path("gridPos").isObject()) {
        place(panel);
      }
    }
  }

  private static List<ObjectNode> flat(ArrayNode panels) {
    List<ObjectNode> all = new ArrayList<>();
    for (JsonNode each : panels) {
      if (each instanceof ObjectNode panel) {
        all.add(panel);
        if (panel.get("panels") instanceof ArrayNode inside) {
          all.addAll(flat(inside));
        }
      }
    }
    return all;
  }

  private int freeId() {
    while (!ids.add(nextId)) {
      nextId++;
    }
    return nextId;
  }

  /** Queries without a reference id get the letters that are free, from A on. */
  private static void nameQueries(ObjectNode panel) {
    Set<String> taken = new HashSet<>();
    panel.path("targets").forEach(target -> taken.add(target.path("refId").asText("")));
    int next = 0;
    for (JsonNode each : panel.path("targets")) {
      if (each instanceof ObjectNode target && target.path("refId").asText("").isEmpty()) {
        String name = letters(next++);
        while (!taken.add(name)) {
          name = letters(next++);
        }
        target.put("refId", name);
      }
    }
  }

  private static String letters(int number) {
    String last = String.valueOf((char) ('A' + number % 26));
    return number < 26 ? last : letters(number / 26 - 1) + last;
  }

  private void place(ObjectNode panel) {
    boolean row = panel.path("type").asText("").equals("row");
    int width = row ? COLUMNS : WIDTH;
    int height = row ? 1 : HEIGHT;
    if (x + width > COLUMNS) {
      x = 0;
      y += HEIGHT;
    }
    panel.putObject("gridPos").put("h", height).put("w", width).put("x", x).put("y", y);
    x += width;
    if (row) {
      x = 0;
      y += 1;
    }
  }
}
