package io.ghostworks.alertmanager.silence;

import io.ghostworks.model.label.LabelMatcher;

/**
 * How much one tenant may silence.
 *
 * @param silencesMax silences that are known at once, expired ones included
 * @param silenceBytesMax the texts of one silence
 * @param allBytesMax what all silences may take in memory, about
 */
public record SilenceLimits(int silencesMax, int silenceBytesMax, long allBytesMax) {

  public static final SilenceLimits DEFAULT = new SilenceLimits(20_000, 256 << 10, 64L << 20);

  /** An expression compiled, as a multiple of its text. */
  private static final int COMPILED_FACTOR = 64;

  private static final int OVERHEAD_BYTES = 500;

  /** The texts of a silence. */
  static int textBytes(Silence silence) {
    int bytes = silence.id().length() + silence.comment().length() + silence.createdBy().length();
    for (int i = 0; i < silence.annotations().size(); i++) {
      bytes += silence.annotations().name(i).length() + silence.annotations().value(i).length();
    }
    for (LabelMatcher matcher : silence.matchers()) {
      bytes += matcher.toString().length();
    }
    return bytes + silence.schedule().map(schedule -> schedule.text().length()).orElse(0);
  }

  /** What a silence takes in memory, about. */
  static long memoryBytes(Silence silence) {
    long bytes = OVERHEAD_BYTES + 2L * textBytes(silence);
    for (LabelMatcher matcher : silence.matchers()) {
      bytes +=
          switch (matcher) {
            case LabelMatcher.Matches m when m.regex().literals() == null ->
                (long) COMPILED_FACTOR * m.regex().source().length();
            case LabelMatcher.NotMatches m when m.regex().literals() == null ->
                (long) COMPILED_FACTOR * m.regex().source().length();
            case LabelMatcher other -> 0;
          };
    }
    return bytes;
  }
}
