package io.ghostworks.alertmanager.silence;

import io.ghostworks.alertmanager.interval.Occurrences;
import io.ghostworks.alertmanager.interval.TimeInterval;
import io.ghostworks.alertmanager.interval.TimeIntervalReader;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.ScalarKind;
import io.ghostworks.config.TreeLimits;
import io.ghostworks.config.YamlReader;
import java.util.List;
import java.util.Optional;

/**
 * The times at which a silence recurs, in the terms of {@code time_intervals}.
 *
 * @param text as given: YAML or JSON, a list of time intervals or one of them
 */
public record Schedule(String text, List<TimeInterval> intervals) {

  private static final TreeLimits LIMITS = new TreeLimits(16 << 10, 10, 2_000);
  private static final int INTERVALS_MAX = 50;
  private static final String KEY = "schedule";

  public Schedule {
    intervals = List.copyOf(intervals);
  }

  /**
   * Reads a schedule.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Schedule parse(String text) {
    try {
      Findings findings = new Findings();
      ConfigNode node = YamlReader.read(KEY, text, LIMITS);
      List<TimeInterval> intervals =
          TimeIntervalReader.read(ConfigMap.of(keyed(node), findings), KEY);
      findings.throwIfErrors();
      if (intervals.isEmpty() || intervals.size() > INTERVALS_MAX) {
        throw new IllegalArgumentException(
            "a schedule must have 1 to %d time intervals, got %d"
                .formatted(INTERVALS_MAX, intervals.size()));
      }
      return new Schedule(text, intervals);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The list as the value of a key, as the reader of configuration files wants it. */
  private static MapNode keyed(ConfigNode node) {
    ConfigNode list =
        node instanceof MapNode ? new ListNode(node.position(), KEY, List.of(node)) : node;
    ScalarNode key = new ScalarNode(node.position(), "", KEY, ScalarKind.STRING, true);
    return new MapNode(node.position(), "", List.of(new ConfigNode.Entry(key, list)));
  }

  /**
   * The occurrence that a time is in, or the next one, within a silence's time.
   *
   * @param startNanos of the silence
   * @param nowNanos not before the start
   * @param endNanos of the silence
   */
  Optional<Occurrences.Span> occurrence(long startNanos, long nowNanos, long endNanos) {
    return new Occurrences(intervals).next(startNanos, nowNanos, endNanos);
  }
}
