package io.ghostworks.alertmanager.silence;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import java.util.List;
import java.util.Optional;

/**
 * A silence: while it is active, nobody is told about alerts that fulfil all its matchers. Times
 * are nanoseconds since the epoch.
 *
 * @param id a UUID, "" where it has none yet
 * @param startsAtNanos from when it holds
 * @param endsAtNanos from when it holds no more
 * @param updatedAtNanos when it was made or changed
 * @param schedule the times between start and end at which it recurs; empty where it holds
 *     throughout
 */
public record Silence(
    String id,
    List<LabelMatcher> matchers,
    long startsAtNanos,
    long endsAtNanos,
    long updatedAtNanos,
    String createdBy,
    String comment,
    Labels annotations,
    Optional<Schedule> schedule) {

  public Silence {
    matchers = List.copyOf(matchers);
  }

  /**
   * When a silence holds next, or held last.
   *
   * @param startNanos inclusive
   * @param endNanos exclusive
   */
  public record Span(SilenceState state, long startNanos, long endNanos) {}

  /**
   * How the silence stands at a time: from its start to its end, or one occurrence of those that
   * recur. One that will not occur any more has expired, and shows its whole time.
   */
  public Span span(long nowNanos) {
    if (nowNanos >= endsAtNanos) {
      return new Span(SilenceState.EXPIRED, startsAtNanos, endsAtNanos);
    }
    if (schedule.isEmpty()) {
      return new Span(stateFrom(startsAtNanos, nowNanos), startsAtNanos, endsAtNanos);
    }
    return schedule
        .get()
        .occurrence(startsAtNanos, Math.max(nowNanos, startsAtNanos), endsAtNanos)
        .map(next ->
            new Span(stateFrom(next.startNanos(), nowNanos), next.startNanos(), next.endNanos()))
        .orElse(new Span(SilenceState.EXPIRED, startsAtNanos, endsAtNanos));
  }

  private static SilenceState stateFrom(long startNanos, long nowNanos) {
    return nowNanos < startNanos ? SilenceState.PENDING : SilenceState.ACTIVE;
  }

  /** Where it stands at a time. */
  public SilenceState state(long nowNanos) {
    return span(nowNanos).state();
  }

  Silence until(long newEndNanos, long nowNanos) {
    return new Silence(
        id,
        matchers,
        Math.min(startsAtNanos, newEndNanos),
        newEndNanos,
        nowNanos,
        createdBy,
        comment,
        annotations,
        schedule);
  }

  Silence from(String newId, long startNanos, long nowNanos) {
    return new Silence(
        newId,
        matchers,
        startNanos,
        endsAtNanos,
        nowNanos,
        createdBy,
        comment,
        annotations,
        schedule);
  }

  /** The same with other matchers. */
  public Silence with(List<LabelMatcher> others) {
    return new Silence(
        id,
        others,
        startsAtNanos,
        endsAtNanos,
        updatedAtNanos,
        createdBy,
        comment,
        annotations,
        schedule);
  }
}
