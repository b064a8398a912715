package io.ghostworks.alertmanager.silence;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.UserRegex;
import java.util.List;

/** What a silence must be, and which edits keep what it was. */
final class SilenceChecks {

  private static final long SECOND = 1_000_000_000;

  private SilenceChecks() {}

  /** Checks a silence as Alertmanager's {@code validateSilence}. */
  static void check(Silence silence, long nowNanos) throws SilenceException {
    List<LabelMatcher> matchers = silence.matchers();
    if (matchers.isEmpty()) {
      throw SilenceException.invalid("matcher set 0 is empty");
    }
    if (matchers.stream().allMatch(SilenceChecks::matchesEmpty)) {
      throw SilenceException.invalid(
          "matcher set 0: at least one matcher must not match the empty string");
    }
    if (silence.endsAtNanos() < silence.startsAtNanos()) {
      throw SilenceException.invalid("end time must not be before start time");
    }
    if (silence.schedule().isPresent() && silence.state(nowNanos) == SilenceState.EXPIRED) {
      throw SilenceException.invalid(
          "the schedule has no time between now and the end of the silence");
    }
  }

  /** A matcher that takes values away matches nothing by itself, whatever it says. */
  private static boolean matchesEmpty(LabelMatcher matcher) {
    return switch (matcher) {
      case LabelMatcher.Equal m -> m.value().isEmpty();
      case LabelMatcher.Matches m -> finds(m.regex().source());
      case LabelMatcher.NotEqual _, LabelMatcher.NotMatches _ -> false;
    };
  }

  /** Not anchored, as there. */
  private static boolean finds(String regex) {
    try {
      return UserRegex.compile(regex).matcher("").find();
    } catch (PatternSyntaxException e) {
      throw new IllegalStateException("the expression was compiled before", e);
    }
  }

  /** Whether one silence may become the other without changing what was silenced before. */
  static boolean isChangeOf(Silence before, Silence after, long nowNanos) {
    if (!before.matchers().equals(after.matchers())
        || !before.schedule().equals(after.schedule())
        || before.endsAtNanos() <= nowNanos) {
      return false;
    }
    return before.startsAtNanos() <= nowNanos
        ? Math.floorDiv(before.startsAtNanos(), SECOND)
                == Math.floorDiv(after.startsAtNanos(), SECOND)
            && after.endsAtNanos() >= nowNanos
        : after.startsAtNanos() >= nowNanos;
  }
}
