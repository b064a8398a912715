package io.ghostworks.alertmanager.silence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.state.StateException;
import io.ghostworks.state.StoredSilences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Silences as rows of the state. Matchers are JSON: {@code [["job", "=~", "a|b"], …]}. */
final class StoredForm {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredForm() {}

  static StoredSilences.Row row(Silence silence, Duration retention) {
    return new StoredSilences.Row(
        silence.id(),
        matchers(silence.matchers()),
        silence.startsAtNanos(),
        silence.endsAtNanos(),
        silence.updatedAtNanos(),
        silence.createdBy(),
        silence.comment(),
        silence.annotations(),
        silence.schedule().map(Schedule::text).orElse(""),
        saturatedSum(silence.endsAtNanos(), retention.toNanos()));
  }

  private static long saturatedSum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /**
   * @throws StateException if the row is damaged
   */
  static Silence silence(StoredSilences.Row row) {
    try {
      return new Silence(
          row.id(),
          matchers(row.matchers()),
          row.startsAtNanos(),
          row.endsAtNanos(),
          row.updatedAtNanos(),
          row.createdBy(),
          row.comment(),
          row.annotations(),
          row.schedule().isEmpty()
              ? Optional.empty()
              : Optional.of(Schedule.parse(row.schedule())));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new StateException("the stored silence %s is damaged".formatted(row.id()), e);
    }
  }

  private static String matchers(List<LabelMatcher> matchers) {
    ArrayNode list = JSON.createArrayNode();
    for (LabelMatcher matcher : matchers) {
      list.addArray()
          .add(matcher.label())
          .add(Matchers.operator(matcher))
          .add(Matchers.value(matcher));
    }
    return list.toString();
  }

  private static List<LabelMatcher> matchers(String json) throws JsonProcessingException {
    List<LabelMatcher> matchers = new ArrayList<>();
    for (JsonNode parts : JSON.readTree(json)) {
      matchers.add(
          Matchers.of(parts.path(0).asText(), parts.path(1).asText(), parts.path(2).asText()));
    }
    return matchers;
  }
}
