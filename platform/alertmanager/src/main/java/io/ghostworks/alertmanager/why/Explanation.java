package io.ghostworks.alertmanager.why;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What happens to an alert at a time, as it is shown: components are named as the JSON fields,
 * times are RFC 3339 texts, durations as Prometheus writes them.
 *
 * @param at the time that was asked about
 * @param fingerprint of the labels, as the API shows alerts
 * @param known whether an alert with these labels is known and was firing then
 * @param told whether any route tells it
 * @param summary in one sentence
 * @param routes those that take it, in the order of the tree
 * @param notes what the answer does not know
 */
public record Explanation(
    Map<String, String> labels,
    String at,
    String fingerprint,
    boolean known,
    boolean told,
    String summary,
    List<RouteView> routes,
    List<InhibitionView> inhibitedBy,
    List<SilenceView> silencedBy,
    List<String> notes) {

  /**
   * A route that takes the alert.
   *
   * @param id its way from the root by matchers and places
   * @param path the matchers of each route from the root on
   * @param told whether it tells the alert at the time
   * @param why in one sentence
   * @param heldBy the intervals that hold it
   * @param integrations the names of what its receiver is told with
   */
  public record RouteView(
      String id,
      List<String> path,
      String receiver,
      List<String> integrations,
      String groupKey,
      Map<String, String> groupLabels,
      String groupWait,
      String groupInterval,
      String repeatInterval,
      List<String> muteTimeIntervals,
      List<String> activeTimeIntervals,
      List<String> heldBy,
      boolean told,
      String why) {}

  /**
   * Another alert that keeps this one from being told.
   *
   * @param rule its name, or ""
   */
  public record InhibitionView(
      String rule,
      String sourceMatchers,
      String targetMatchers,
      List<String> equal,
      String fingerprint,
      Map<String, String> labels,
      String why) {}

  /**
   * A silence that holds.
   *
   * @param schedule the times at which it recurs; "" where it holds throughout
   */
  public record SilenceView(
      String id,
      String matchers,
      String startsAt,
      String endsAt,
      String createdBy,
      String comment,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String schedule,
      String why) {}
}
