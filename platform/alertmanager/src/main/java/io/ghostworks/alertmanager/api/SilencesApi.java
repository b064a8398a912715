package io.ghostworks.alertmanager.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.alertmanager.silence.RawMatcher;
import io.ghostworks.alertmanager.silence.Silence;
import io.ghostworks.alertmanager.silence.SilenceException;
import io.ghostworks.alertmanager.silence.SilenceState;
import io.ghostworks.alertmanager.silence.Silences;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.runtime.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The silences of Alertmanager's API v2, as plain objects. Thread-safe. */
public final class SilencesApi {

  /** Active ones by their end, pending ones by their start, ended ones newest first. */
  private static final Comparator<Shown> ORDER =
      Comparator.<Shown, SilenceState>comparing(shown -> shown.span.state())
          .thenComparingLong(shown ->
              switch (shown.span.state()) {
                case ACTIVE -> shown.span.endNanos();
                case PENDING -> shown.span.startNanos();
                case EXPIRED -> -shown.span.endNanos();
              })
          .thenComparing(shown -> shown.silence.id());

  private final Silences silences;
  private final Clock clock;

  public SilencesApi(Silences silences, Clock clock) {
    this.silences = silences;
    this.clock = clock;
  }

  private record Shown(Silence silence, Silence.Span span) {}

  /**
   * {@code GET /silences}.
   *
   * @throws IllegalArgumentException if a parameter is wrong, in Alertmanager's words
   */
  public List<GettableSilence> silences(
      Map<String, List<String>> parameters, MatcherSyntax syntax) {
    List<LabelMatcher> filter =
        parameters.getOrDefault("filter", List.of()).stream().map(syntax::matcher).toList();
    Set<SilenceState> states = EnumSet.noneOf(SilenceState.class);
    for (SilenceState state : SilenceState.values()) {
      if (Flags.isTrue(parameters, state.word())) {
        states.add(state);
      }
    }
    long now = clock.epochNanos();
    return silences.all().stream()
        .filter(silence -> silence.matchers().containsAll(filter))
        .map(silence -> new Shown(silence, silence.span(now)))
        .filter(shown -> states.contains(shown.span.state()))
        .sorted(ORDER)
        .map(SilencesApi::view)
        .toList();
  }

  /** {@code GET /silence/ID}. */
  public Optional<GettableSilence> silence(String id) {
    long now = clock.epochNanos();
    return silences.silence(id).map(silence -> view(new Shown(silence, silence.span(now))));
  }

  /**
   * {@code POST /silences}: on disk when it returns.
   *
   * @return the silence's id, which is new where an edit has ended the former
   * @throws SilenceException if it is not taken, in Alertmanager's words
   */
  public String post(PostedSilence posted) throws SilenceException {
    Silence silence =
        RecurringSilence.read(
            new Silence(
                posted.id(),
                List.of(),
                posted.startsAt().equals(PostedAlerts.GO_ZERO)
                    ? 0
                    : BodyFields.nanos(posted.startsAt()),
                BodyFields.nanos(posted.endsAt()),
                0,
                posted.createdBy(),
                posted.comment(),
                posted.annotations(),
                Optional.empty()));
    if (silence.startsAtNanos() >= silence.endsAtNanos()) {
      throw SilenceException.refused(
          "Failed to create silence: start time must be before end time");
    }
    if (silence.endsAtNanos() < clock.epochNanos()) {
      throw SilenceException.refused("Failed to create silence: end time can't be in the past");
    }
    return silences.set(silence.with(RawMatcher.compile(posted.matchers())));
  }

  /**
   * {@code DELETE /silence/ID}.
   *
   * @throws SilenceException if there is none
   */
  public void expire(String id) throws SilenceException {
    silences.expire(id);
  }

  private static GettableSilence view(Shown shown) {
    Silence silence = shown.silence;
    List<MatcherView> matchers = new ArrayList<>(silence.matchers().size());
    for (LabelMatcher matcher : silence.matchers()) {
      RawMatcher raw = RawMatcher.of(matcher);
      matchers.add(new MatcherView(raw.isEqual(), raw.isRegex(), raw.name(), raw.value()));
    }
    return new GettableSilence(
        silence.id(),
        new SilenceStatus(shown.span.state().word()),
        AlertmanagerApi.time(silence.updatedAtNanos()),
        RecurringSilence.annotations(silence).toMap(),
        silence.comment(),
        silence.createdBy(),
        AlertmanagerApi.time(shown.span.endNanos()),
        matchers,
        AlertmanagerApi.time(shown.span.startNanos()));
  }

  /** A silence. */
  public record GettableSilence(
      String id,
      SilenceStatus status,
      String updatedAt,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> annotations,
      String comment,
      String createdBy,
      String endsAt,
      List<MatcherView> matchers,
      String startsAt) {}

  /** Whether a silence is {@code active}, {@code pending} or {@code expired}. */
  public record SilenceStatus(String state) {}

  /** A matcher. */
  public record MatcherView(boolean isEqual, boolean isRegex, String name, String value) {}
}
