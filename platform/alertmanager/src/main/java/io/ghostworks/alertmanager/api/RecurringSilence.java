package io.ghostworks.alertmanager.api;

import io.ghostworks.alertmanager.silence.Schedule;
import io.ghostworks.alertmanager.silence.Silence;
import io.ghostworks.alertmanager.silence.SilenceException;
import io.ghostworks.model.label.Labels;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Recurring silences, which Alertmanager's API has no fields for, in a silence's annotations:
 * {@code ghostworks_schedule} holds the times, as a list of {@code time_intervals} in YAML or JSON.
 * Posted alone, it recurs between the silence's start and end. An answer shows the current or next
 * occurrence as start and end, and the whole time in {@code ghostworks_schedule_start} and {@code
 * ghostworks_schedule_end}, so that what was read can be posted again.
 */
final class RecurringSilence {

  static final String SCHEDULE = "ghostworks_schedule";
  static final String START = "ghostworks_schedule_start";
  static final String END = "ghostworks_schedule_end";

  /** The API shows times in milliseconds. */
  private static final long MILLI = 1_000_000;

  private RecurringSilence() {}

  /** The silence that annotations make of one whose start and end are as posted. */
  static Silence read(Silence posted) throws SilenceException {
    Labels annotations = posted.annotations();
    String text = annotations.get(SCHEDULE);
    if (text.isEmpty()) {
      return posted;
    }
    Schedule schedule;
    try {
      schedule = Schedule.parse(text);
    } catch (IllegalArgumentException e) {
      throw SilenceException.invalid("annotation %s: %s".formatted(SCHEDULE, e.getMessage()));
    }
    Silence whole =
        new Silence(
            posted.id(),
            posted.matchers(),
            time(annotations, START, posted.startsAtNanos()),
            time(annotations, END, posted.endsAtNanos()),
            0,
            posted.createdBy(),
            posted.comment(),
            annotations.toBuilder().remove(SCHEDULE).remove(START).remove(END).build(),
            Optional.of(schedule));
    if (!posted.id().isEmpty() && annotations.has(START) && annotations.has(END)) {
      checkUnchanged(posted, whole);
    }
    return whole;
  }

  private static long time(Labels annotations, String name, long absent) throws SilenceException {
    String text = annotations.get(name);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return BodyFields.nanos(time);
    } catch (DateTimeParseException e) {
      throw SilenceException.invalid(
          "annotation %s must be a time as RFC 3339, got \"%s\"".formatted(name, text));
    }
  }

  /** Whoever moves the start or end of one occurrence is told how to move them all. */
  private static void checkUnchanged(Silence posted, Silence whole) throws SilenceException {
    Silence.Span shown = whole.span(posted.startsAtNanos());
    boolean occurrence =
        isShownAs(shown.startNanos(), posted.startsAtNanos())
            && isShownAs(shown.endNanos(), posted.endsAtNanos());
    boolean all =
        isShownAs(whole.startsAtNanos(), posted.startsAtNanos())
            && isShownAs(whole.endsAtNanos(), posted.endsAtNanos());
    if (!occurrence && !all) {
      throw SilenceException.invalid(
          "the silence recurs: change its annotations %s, %s and %s instead of startsAt and endsAt"
              .formatted(SCHEDULE, START, END));
    }
  }

  private static boolean isShownAs(long nanos, long shownNanos) {
    return Math.floorDiv(nanos, MILLI) == Math.floorDiv(shownNanos, MILLI);
  }

  /** The annotations that show how a silence recurs, besides its own. */
  static Labels annotations(Silence silence) {
    if (silence.schedule().isEmpty()) {
      return silence.annotations();
    }
    return silence.annotations().toBuilder()
        .set(SCHEDULE, silence.schedule().get().text())
        .set(START, AlertmanagerApi.time(silence.startsAtNanos()))
        .set(END, AlertmanagerApi.time(silence.endsAtNanos()))
        .build();
  }
}
