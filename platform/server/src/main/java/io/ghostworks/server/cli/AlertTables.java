package io.ghostworks.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Alerts, silences and explanations for a person, without what controls terminals. */
final class AlertTables {

  private AlertTables() {}

  static void alerts(JsonNode alerts, PrintWriter out) {
    TableText table =
        new TableText(List.of("FINGERPRINT", "ALERT", "STATE", "SINCE", "RECEIVERS", "LABELS"));
    for (JsonNode alert : alerts) {
      StringJoiner receivers = new StringJoiner(", ");
      alert.path("receivers").forEach(each -> receivers.add(each.path("name").asText()));
      table.add(
          row(
              alert.path("fingerprint").asText(),
              alert.path("labels").path("alertname").asText(),
              state(alert.path("status")),
              alert.path("startsAt").asText(),
              receivers.toString(),
              labels(alert.path("labels"))));
    }
    table.printTable(out);
  }

  private static String state(JsonNode status) {
    String state = status.path("state").asText();
    if (!status.path("silencedBy").isEmpty()) {
      return state + " (silenced)";
    }
    return status.path("inhibitedBy").isEmpty() ? state : state + " (inhibited)";
  }

  static void silences(JsonNode silences, PrintWriter out) {
    TableText table =
        new TableText(List.of("ID", "STATE", "MATCHERS", "START", "END", "BY", "COMMENT"));
    for (JsonNode silence : silences) {
      table.add(
          row(
              silence.path("id").asText(),
              silence.path("status").path("state").asText()
                  + (silence.path("annotations").has("ghostworks_schedule") ? " (recurs)" : ""),
              matchers(silence.path("matchers")),
              silence.path("startsAt").asText(),
              silence.path("endsAt").asText(),
              silence.path("createdBy").asText(),
              silence.path("comment").asText()));
    }
    table.printTable(out);
  }

  private static String matchers(JsonNode matchers) {
    StringJoiner text = new StringJoiner(" ");
    for (JsonNode matcher : matchers) {
      String operator =
          (matcher.path("isEqual").asBoolean(true) ? "=" : "!")
              + (matcher.path("isRegex").asBoolean()
                  ? "~"
                  : matcher.path("isEqual").asBoolean(true) ? "" : "=");
      text.add(
          matcher.path("name").asText() + operator + "\"" + matcher.path("value").asText() + "\"");
    }
    return text.toString();
  }

  private static String labels(JsonNode labels) {
    StringJoiner text = new StringJoiner(" ");
    labels
        .properties()
        .forEach(entry -> {
          if (!entry.getKey().equals("alertname")) {
            text.add(entry.getKey() + "=\"" + entry.getValue().asText() + "\"");
          }
        });
    return text.toString();
  }

  static void why(JsonNode answer, PrintWriter out) {
    out.println(safe(answer.path("summary").asText()));
    TableText table = new TableText(List.of("ROUTE", "RECEIVER", "GROUP", "WAIT", "WHY"));
    for (JsonNode route : answer.path("routes")) {
      StringJoiner path = new StringJoiner("/");
      route.path("path").forEach(each -> path.add(each.asText()));
      table.add(
          row(
              path.toString(),
              route.path("receiver").asText(),
              route.path("groupKey").asText(),
              "%s, then %s, again after %s"
                  .formatted(
                      route.path("groupWait").asText(),
                      route.path("groupInterval").asText(),
                      route.path("repeatInterval").asText()),
              route.path("why").asText()));
    }
    table.printTable(out);
    for (String kind : List.of("inhibitedBy", "silencedBy")) {
      answer.path(kind).forEach(each -> out.println(safe(each.path("why").asText())));
    }
    answer.path("notes").forEach(note -> out.println("note: " + safe(note.asText())));
  }

  private static List<String> row(String... texts) {
    List<String> row = new ArrayList<>(texts.length);
    for (String text : texts) {
      row.add(safe(text));
    }
    return row;
  }

  private static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) ? '·' : c));
    return safe.toString();
  }
}
