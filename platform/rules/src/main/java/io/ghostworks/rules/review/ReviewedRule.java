package io.ghostworks.rules.review;

import java.util.List;

/**
 * How a rule has done. Times are milliseconds since the epoch, 0 where something did not happen.
 *
 * @param alerts how many label sets fired
 * @param fired how often alerts fired
 * @param firingMs how long, all alerts together
 * @param longestMs the longest time that one fired
 * @param flaps how often an alert fired again within an hour of its end
 * @param firingNow how many fire at the end
 * @param lastFiredMs when one fired last
 * @param silenced how many of the times a silence held it back
 * @param acknowledged how many of the times a person acknowledged it
 * @param receivers who is told of its alerts today
 * @param error why its evaluation fails, or ""
 * @param noData why it has nothing to fire on, or ""
 * @param remarks what should be looked at, worst first
 */
public record ReviewedRule(
    String file,
    String group,
    String rule,
    int alerts,
    int fired,
    long firingMs,
    long longestMs,
    int flaps,
    int firingNow,
    long lastFiredMs,
    int silenced,
    int acknowledged,
    List<String> receivers,
    String error,
    String noData,
    List<String> remarks) {

  public ReviewedRule {
    receivers = List.copyOf(receivers);
    remarks = List.copyOf(remarks);
  }
}
