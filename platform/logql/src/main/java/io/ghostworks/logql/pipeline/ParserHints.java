package io.ghostworks.logql.pipeline;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which labels the stages behind a parser need, where that is known: parsers leave the others
 * unread. Knows what was extracted of the record at hand.
 */
final class ParserHints {
  private final Set<String> required;
  private final boolean noLabels;
  private final Set<String> extracted = new HashSet<>();

  private ParserHints(Set<String> required, boolean noLabels) {
    this.required = Set.copyOf(required);
    this.noLabels = noLabels;
  }

  /** Every label is needed. */
  static ParserHints none() {
    return new ParserHints(Set.of(), false);
  }

  /**
   * For samples.
   *
   * @param stageLabels those that stages test, format or unwrap
   * @param groups those of the series
   */
  static ParserHints of(Collection<String> stageLabels, LabelGroups groups) {
    Set<String> all = new HashSet<>();
    for (Collection<String> names : List.of(stageLabels, groups.labels())) {
      for (String name : names) {
        all.add(name);
        if (name.endsWith(LineLabels.DUPLICATE)) {
          all.add(name.substring(0, name.length() - LineLabels.DUPLICATE.length()));
        }
      }
    }
    all.remove("");
    if (groups.keepsNone()) {
      return new ParserHints(all, all.isEmpty());
    }
    boolean open = groups.without() || groups.labels().isEmpty();
    return open ? none() : new ParserHints(all, false);
  }

  void reset() {
    extracted.clear();
  }

  void extracted(String name) {
    extracted.add(name);
  }

  boolean isExtracted(String name) {
    return extracted.contains(name);
  }

  /** Whether a parser sets the label. */
  boolean wants(String name) {
    return (required.isEmpty() || required.contains(name)) && !extracted.contains(name);
  }

  /** Whether a label may start so. */
  boolean wantsPrefix(String prefix) {
    if (required.isEmpty()) {
      return true;
    }
    for (String name : required) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether no label is needed, or none any more. */
  boolean wantsNothing() {
    return noLabels || hasAll();
  }

  /** Whether every label that is needed is there. */
  boolean hasAll() {
    return !required.isEmpty()
        && extracted.size() >= required.size()
        && extracted.containsAll(required);
  }

  boolean preservesError() {
    return required.contains(LineLabels.ERROR);
  }
}
