package io.ghostworks.server.prometheus;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times of RFC 3339 with all that Go's {@code time.Parse(time.RFC3339Nano, …)} takes beside: an
 * hour of one digit, a comma before the fraction, a fraction of any length, an offset of up to 24
 * hours and 60 minutes.
 */
final class Rfc3339 {

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d?):(\\d\\d):(\\d\\d)(?:[.,](\\d+))?"
              + "(?:Z|([+-])(\\d\\d):(\\d\\d))");
  private static final int OFFSET_HOURS_MAX = 24;
  private static final int OFFSET_MINUTES_MAX = 60;

  private Rfc3339() {}

  /**
   * @return milliseconds since the epoch; what is shorter is cut off
   * @throws DateTimeException if it is no such time
   */
  static long epochMs(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new DateTimeException("not a time of RFC 3339");
    }
    long seconds =
        LocalDateTime.of(
                number(matcher, 1),
                number(matcher, 2),
                number(matcher, 3),
                number(matcher, 4),
                number(matcher, 5),
                number(matcher, 6))
            .toEpochSecond(ZoneOffset.UTC);
    return (seconds - offsetSeconds(matcher)) * 1000 + milliseconds(matcher.group(7));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private static long offsetSeconds(Matcher matcher) {
    if (matcher.group(8) == null) {
      return 0;
    }
    int hours = number(matcher, 9);
    int minutes = number(matcher, 10);
    if (hours > OFFSET_HOURS_MAX || minutes > OFFSET_MINUTES_MAX) {
      throw new DateTimeException("no offset of a zone");
    }
    long seconds = hours * 3600L + minutes * 60L;
    return matcher.group(8).equals("-") ? -seconds : seconds;
  }

  private static int milliseconds(String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "00").substring(0, 3));
  }
}
