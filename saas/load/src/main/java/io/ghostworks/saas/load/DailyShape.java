package io.ghostworks.saas.load;

/**
 * How busy a working day is: quiet at night, two peaks with a dip at noon.
 *
 * <p>A day can be shorter than a day, so that a demo sees its shape. The mean over a day is about
 * 1.
 */
final class DailyShape {
  private static final double NIGHT = 0.45;

  private final double daySeconds;

  DailyShape(double daySeconds) {
    if (!(daySeconds > 0)) {
      throw new IllegalArgumentException(
          "a day must last longer than 0 seconds, got " + daySeconds);
    }
    this.daySeconds = daySeconds;
  }

  /**
   * The factor on the mean rate at a time.
   *
   * @param seconds since the start, which is 8 o'clock in the time zone of offset 0
   * @param zoneHours the time zone's offset
   */
  double factor(double seconds, double zoneHours) {
    double hour = positive(8 + seconds / daySeconds * 24 + zoneHours);
    return NIGHT + 1.7 * peak(hour, 10.5, 1.7) + 1.5 * peak(hour, 15, 1.9);
  }

  private static double peak(double hour, double at, double width) {
    double distance = Math.min(Math.abs(hour - at), 24 - Math.abs(hour - at));
    return Math.exp(-distance * distance / (2 * width * width));
  }

  private static double positive(double hour) {
    double rest = hour % 24;
    return rest < 0 ? rest + 24 : rest;
  }
}
