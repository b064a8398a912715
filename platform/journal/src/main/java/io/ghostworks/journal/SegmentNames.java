package io.ghostworks.journal;

import java.util.OptionalLong;

/**
 * Names of the files in a journal's directory.
 *
 * <pre>
 * 0000000000000007.segment   // segments, by their number
 * 3.next                     // a preallocated or recycled file that will become a segment; garbage at start
 * replay                     // exists while a replay runs, see ReplayMarker
 * set-aside/                 // frames on which the engine failed twice, see SetAsideFrames
 * </pre>
 */
final class SegmentNames {
  static final String REPLAY = "replay";
  static final String SET_ASIDE = "set-aside";

  private static final String SEGMENT_SUFFIX = ".segment";
  private static final String NEXT_SUFFIX = ".next";
  private static final int NUMBER_DIGITS = 16;

  private SegmentNames() {}

  static String segment(long number) {
    return "%016d%s".formatted(number, SEGMENT_SUFFIX);
  }

  static String next(long number) {
    return number + NEXT_SUFFIX;
  }

  static boolean isNext(String name) {
    return name.endsWith(NEXT_SUFFIX);
  }

  /** The number of a segment, empty for any other name. */
  static OptionalLong segmentNumber(String name) {
    if (name.length() != NUMBER_DIGITS + SEGMENT_SUFFIX.length()
        || !name.endsWith(SEGMENT_SUFFIX)) {
      return OptionalLong.empty();
    }
    String digits = name.substring(0, NUMBER_DIGITS);
    return digits.chars().allMatch(c -> c >= '0' && c <= '9')
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }
}
