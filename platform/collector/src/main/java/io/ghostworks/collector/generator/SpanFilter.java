package io.ghostworks.collector.generator;

import io.ghostworks.collector.generator.FilterPolicy.Condition;
import io.ghostworks.collector.generator.FilterPolicy.Match;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import java.util.List;
import java.util.Objects;

/** Applies filter policies. Source: the behaviour of Tempo's pkg/spanfilter. */
final class SpanFilter {
  private final List<Match> includes;
  private final List<Match> includesAny;
  private final List<Match> excludes;
  private final boolean all;

  SpanFilter(List<FilterPolicy> policies) {
    includes = policies.stream().map(FilterPolicy::include).filter(Objects::nonNull).toList();
    includesAny = policies.stream().map(FilterPolicy::includeAny).filter(Objects::nonNull).toList();
    excludes = policies.stream().map(FilterPolicy::exclude).filter(Objects::nonNull).toList();
    all = includes.isEmpty() && includesAny.isEmpty() && excludes.isEmpty();
  }

  boolean takes(SpanBatch batch, int row) {
    if (all) {
      return true;
    }
    for (Match match : excludes) {
      if (matches(match, batch, row)) {
        return false;
      }
    }
    for (Match match : includesAny) {
      if (matches(match, batch, row)) {
        return true;
      }
    }
    for (Match match : includes) {
      if (!matches(match, batch, row)) {
        return false;
      }
    }
    return !includes.isEmpty() || includesAny.isEmpty();
  }

  private static boolean matches(Match match, SpanBatch batch, int row) {
    for (Condition condition : match.conditions()) {
      boolean holds =
          switch (condition.subject()) {
            case KIND -> text(condition, SpanWords.kind(batch.kind(row)));
            case STATUS -> text(condition, SpanWords.status(batch.statusCode(row)));
            case NAME -> text(condition, batch.arena().text(batch.name(row)));
            case RESOURCE ->
                attribute(condition, batch.resources().attributes(), batch.resource(row));
            case SPAN -> attribute(condition, batch.attributes(), row);
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static boolean text(Condition condition, String text) {
    return condition.pattern() != null
        ? condition.pattern().matcher(text).find()
        : text.equals(condition.value());
  }

  private static boolean attribute(Condition condition, AttributeColumns attributes, int row) {
    int key = attributes.keys().find(condition.key());
    int entry = key < 0 ? -1 : attributes.find(row, key);
    if (entry < 0) {
      return false;
    }
    ValueColumn values = attributes.values();
    byte type = values.type(entry);
    if (condition.pattern() != null) {
      return condition
          .pattern()
          .matcher(type == ValueColumn.STRING ? values.string(entry) : "")
          .find();
    }
    return switch (condition.value()) {
      case String text -> text.equals(type == ValueColumn.STRING ? values.string(entry) : "");
      case Long whole -> whole == (type == ValueColumn.INT ? values.payload(entry) : 0);
      case Double real -> real == (type == ValueColumn.DOUBLE ? values.doubleValue(entry) : 0);
      case Boolean flag -> flag == (type == ValueColumn.BOOL && values.payload(entry) != 0);
      case null, default -> false;
    };
  }
}
