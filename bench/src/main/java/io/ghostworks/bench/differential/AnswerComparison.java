package io.ghostworks.bench.differential;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares two answers of the Prometheus query API: status, kind and text of errors, warnings and
 * infos, type of the result, series, times, and the bits of values. Series are in any order, as
 * they are there, unless the query sorts.
 */
final class AnswerComparison {

  /** How two answers compare. */
  enum Verdict {
    EQUAL,
    /** All equal but the last digits of some floats. */
    CLOSE,
    DIFFERENT
  }

  private static final long ULPS_MAX = 4;
  private static final Pattern CHANGING =
      Pattern.compile("match group \\{.*?\\} on|operation: \\[.*?\\];|over [0-9]+ samples");

  private final List<String> differences = new ArrayList<>();
  private boolean close;

  /** What differs, in words. */
  List<String> differences() {
    return differences;
  }

  /**
   * @param inOrder whether the order of series counts
   */
  Verdict compare(JsonNode ours, JsonNode theirs, boolean inOrder) {
    text(ours, theirs, "status");
    text(ours, theirs, "errorType");
    text(ours, theirs, "error");
    notes(ours, theirs, "warnings");
    notes(ours, theirs, "infos");
    JsonNode ourData = ours.path("data");
    JsonNode theirData = theirs.path("data");
    text(ourData, theirData, "resultType");
    if (differences.isEmpty()) {
      result(ourData, theirData, inOrder);
    }
    if (!differences.isEmpty()) {
      return Verdict.DIFFERENT;
    }
    return close ? Verdict.CLOSE : Verdict.EQUAL;
  }

  private void text(JsonNode ours, JsonNode theirs, String field) {
    String left = stable(ours.path(field).asText());
    String right = stable(theirs.path(field).asText());
    if (!left.equals(right)) {
      differences.add("%s: '%s' here, '%s' there".formatted(field, left, right));
    }
  }

  private void notes(JsonNode ours, JsonNode theirs, String field) {
    TreeSet<String> left = new TreeSet<>();
    TreeSet<String> right = new TreeSet<>();
    ours.path(field).forEach(note -> left.add(stable(note.asText())));
    theirs.path(field).forEach(note -> right.add(stable(note.asText())));
    if (!left.equals(right)) {
      differences.add("%s: %s here, %s there".formatted(field, left, right));
    }
  }

  /**
   * A text without what changes from one answer to the next there: which two series are named as
   * duplicates, and how many samples a note counts, which grows with each merge of notes.
   */
  private static String stable(String text) {
    return CHANGING.matcher(text).replaceAll("");
  }

  private void result(JsonNode ourData, JsonNode theirData, boolean inOrder) {
    JsonNode ours = ourData.path("result");
    JsonNode theirs = theirData.path("result");
    String type = theirData.path("resultType").asText();
    if (type.equals("scalar") || type.equals("string")) {
      point(type, ours, theirs);
      return;
    }
    if (ours.size() != theirs.size()) {
      differences.add("series: %d here, %d there".formatted(ours.size(), theirs.size()));
      return;
    }
    Map<JsonNode, JsonNode> byLabels = new HashMap<>();
    ours.forEach(series -> byLabels.put(series.path("metric"), series));
    for (int i = 0; i < theirs.size(); i++) {
      JsonNode wanted = theirs.get(i);
      JsonNode labels = wanted.path("metric");
      JsonNode series = byLabels.get(labels);
      if (series == null) {
        differences.add("no series %s here".formatted(labels));
      } else if (inOrder && !ours.get(i).path("metric").equals(labels)) {
        differences.add("series %d is %s here, %s there".formatted(i, ours.get(i), wanted));
      } else {
        series(labels.toString(), series, wanted);
      }
    }
  }

  private void series(String labels, JsonNode ours, JsonNode theirs) {
    for (String field : List.of("value", "histogram")) {
      point(labels, ours.get(field), theirs.get(field));
    }
    for (String field : List.of("values", "histograms")) {
      JsonNode left = ours.path(field);
      JsonNode right = theirs.path(field);
      if (left.size() != right.size()) {
        differences.add(
            "%s %s: %d here, %d there".formatted(labels, field, left.size(), right.size()));
        continue;
      }
      for (int i = 0; i < left.size(); i++) {
        point(labels, left.get(i), right.get(i));
      }
    }
  }

  private void point(String where, @Nullable JsonNode ours, @Nullable JsonNode theirs) {
    if (ours == null || theirs == null) {
      if (ours != null || theirs != null) {
        differences.add("%s: %s here, %s there".formatted(where, ours, theirs));
      }
      return;
    }
    if (!same(ours, theirs)) {
      differences.add("%s: %s here, %s there".formatted(where, ours, theirs));
    }
  }

  private boolean same(JsonNode ours, JsonNode theirs) {
    if (ours.isNumber() && theirs.isNumber()) {
      return Double.compare(ours.asDouble(), theirs.asDouble()) == 0;
    }
    if (ours.isTextual() && theirs.isTextual()) {
      return ours.equals(theirs) || isClose(ours.asText(), theirs.asText());
    }
    if (ours.isContainerNode() && theirs.isContainerNode() && ours.size() == theirs.size()) {
      if (ours.isArray()) {
        for (int i = 0; i < ours.size(); i++) {
          if (!same(ours.get(i), theirs.path(i))) {
            return false;
          }
        }
        return true;
      }
      return ours.properties().stream()
          .allMatch(field -> same(field.getValue(), theirs.path(field.getKey())));
    }
    return ours.equals(theirs);
  }

  private boolean isClose(String ours, String theirs) {
    try {
      double left = Double.parseDouble(ours);
      double right = Double.parseDouble(theirs);
      long apart = Double.doubleToLongBits(left) - Double.doubleToLongBits(right);
      if (Double.isFinite(left) && Double.isFinite(right) && Math.abs(apart) <= ULPS_MAX) {
        close = true;
        return true;
      }
      return false;
    } catch (NumberFormatException e) {
      return false; // a text, which must be the same
    }
  }
}
