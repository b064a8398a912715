package io.ghostworks.scrape.prometheusfile;

import com.google.re2j.PatternSyntaxException;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.Shape;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.model.relabel.RelabelAction;
import io.ghostworks.model.relabel.RelabelRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of relabelling rules. Rules of prometheus model/relabel. */
final class RelabelSection {
  private static final Shape SHAPE =
      Shape.create()
          .fields(RelabelSection::checkSourceLabels, "source_labels")
          .text("separator", "target_label", "replacement")
          .fields(RelabelSection::checkRegex, "regex")
          .fields((map, key) -> modulus(map), "modulus")
          .fields(RelabelSection::checkAction, "action");

  private RelabelSection() {}

  /** The rules of the list under {@code key}; those that are wrong are reported and left out. */
  static List<RelabelRule> rules(ConfigMap parent, String key, NameValidation names) {
    List<RelabelRule> rules = new ArrayList<>();
    for (ConfigNode node : parent.list(key)) {
      rule(node, names, parent.findings()).ifPresent(rules::add);
    }
    return rules;
  }

  private static Optional<RelabelRule> rule(
      ConfigNode node, NameValidation names, Findings findings) {
    if (node.isNull()) {
      findings.error(node, "must not be an empty or null relabelling rule", "remove it");
      return Optional.empty();
    }
    Findings own = new Findings();
    Given given = SHAPE.check(node, own);
    Optional<RelabelAction> action = action(given);
    if (action.isPresent()) {
      checkOnlyAllowedKeys(given, action.get());
    }
    Optional<RelabelRule> rule =
        own.hasErrors() || action.isEmpty()
            ? Optional.empty()
            : built(given, action.get(), names, own);
    findings.addAll(own);
    return rule;
  }

  private static Optional<RelabelRule> built(
      Given given, RelabelAction action, NameValidation names, Findings findings) {
    try {
      return Optional.of(
          new RelabelRule(
              action,
              given.texts("source_labels"),
              given.text("separator", RelabelRule.DEFAULT_SEPARATOR),
              given.text("regex", RelabelRule.DEFAULT_REGEX),
              modulus(given.map()),
              given.text("target_label"),
              given.text("replacement", RelabelRule.DEFAULT_REPLACEMENT),
              names));
    } catch (IllegalArgumentException e) {
      findings.error(given.map().node(), String.valueOf(e.getMessage()), "");
      return Optional.empty();
    }
  }

  private static Optional<RelabelAction> action(Given given) {
    if (given.isNull("action")) {
      given.refuse("action", "must not be empty");
      return Optional.empty();
    }
    return RelabelAction.find(given.text("action", RelabelAction.REPLACE.word()));
  }

  private static void checkOnlyAllowedKeys(Given given, RelabelAction action) {
    boolean fixedRegex = action == RelabelAction.KEEPEQUAL || action == RelabelAction.DROPEQUAL;
    boolean onlyRegex = action == RelabelAction.LABELDROP || action == RelabelAction.LABELKEEP;
    if (!fixedRegex && !onlyRegex) {
      return;
    }
    boolean common =
        !given
                .text("separator", RelabelRule.DEFAULT_SEPARATOR)
                .equals(RelabelRule.DEFAULT_SEPARATOR)
            || modulus(given.map()) != 0
            || !given
                .text("replacement", RelabelRule.DEFAULT_REPLACEMENT)
                .equals(RelabelRule.DEFAULT_REPLACEMENT);
    if (fixedRegex && (common || given.map().findIncludingNull("regex").isPresent())) {
      given.refuse("the action " + action.word() + " takes only source_labels and target_label");
    }
    if (onlyRegex && (common || given.has("source_labels") || given.filled("target_label"))) {
      given.refuse("the action " + action.word() + " takes only regex");
    }
  }

  private static void checkSourceLabels(ConfigMap map, String key) {
    for (ConfigNode item : map.list(key)) {
      if (!item.isNull() && map.text(item).filter(String::isEmpty).isPresent()) {
        map.findings().error(item, "must be a label's name", "");
      }
    }
  }

  private static void checkRegex(ConfigMap map, String key) {
    map.findString(key)
        .ifPresent(regex -> {
          try {
            UserRegex.compile("^(?s:" + regex + ")$");
          } catch (PatternSyntaxException e) {
            map.error(key, "must be a regular expression in RE2 syntax: " + e.getDescription(), "");
          }
        });
  }

  private static void checkAction(ConfigMap map, String key) {
    map.findString(key)
        .filter(word -> RelabelAction.find(word).isEmpty())
        .ifPresent(word ->
            map.error(
                key,
                "must be one of "
                    + String.join(
                        ", ",
                        List.of(RelabelAction.values()).stream().map(RelabelAction::word).toList()),
                ""));
  }

  /** The modulus as unsigned 64 bits, 0 where absent. */
  private static long modulus(ConfigMap map) {
    Optional<ConfigNode> node = map.find("modulus");
    if (node.isPresent() && node.get() instanceof ScalarNode scalar && scalar.plain()) {
      try {
        return Long.parseUnsignedLong(scalar.text());
      } catch (NumberFormatException e) {
        return map.integer("modulus", 0, 0, Long.MAX_VALUE); // other spellings, or the mistake
      }
    }
    return map.integer("modulus", 0, 0, Long.MAX_VALUE);
  }
}
