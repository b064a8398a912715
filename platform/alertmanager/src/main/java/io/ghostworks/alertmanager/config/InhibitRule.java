package io.ghostworks.alertmanager.config;

import io.ghostworks.model.label.LabelMatcher;
import java.util.List;

/**
 * Alerts that keep others from being told.
 *
 * @param name "" where it has none
 * @param sourceMatchers what an alert fulfils that inhibits
 * @param targetMatchers what an alert fulfils that is inhibited
 * @param equal labels that both have with the same values, or both have not
 */
public record InhibitRule(
    String name,
    List<LabelMatcher> sourceMatchers,
    List<LabelMatcher> targetMatchers,
    List<String> equal) {
  public InhibitRule {
    sourceMatchers = List.copyOf(sourceMatchers);
    targetMatchers = List.copyOf(targetMatchers);
    equal = equal.stream().distinct().sorted().toList();
  }
}
