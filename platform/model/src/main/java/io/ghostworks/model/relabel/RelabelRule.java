package io.ghostworks.model.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.model.label.UserRegex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One relabelling rule, with the semantics of Prometheus's model/relabel. Immutable, safe for use
 * from any thread.
 *
 * <p>A rule that cannot work (no target label where one is needed, modulus 0, an invalid name) is
 * refused when it is made.
 */
public final class RelabelRule {
  /** What a file that names none gets. */
  public static final String DEFAULT_SEPARATOR = ";";

  public static final String DEFAULT_REGEX = "(.*)";
  public static final String DEFAULT_REPLACEMENT = "$1";

  private static final String REGEX_BEGIN = "^(?s:";
  private static final String REGEX_END = ")$";

  // ${1} or $name between label characters: what a target label may be under legacy validation
  private static final Pattern LEGACY_TARGET =
      Pattern.compile("^(?:(?:[a-zA-Z_]|\\$(?:\\{\\w+\\}|\\w+))+\\w*)+$");

  private final RelabelAction action;
  private final List<String> sourceLabels;
  private final String separator;
  private final Pattern regex;
  private final long modulus;
  private final String targetLabel;
  private final String replacement;
  private final NameValidation names;
  private final RegexTemplate targetTemplate;
  private final RegexTemplate replacementTemplate;

  /**
   * A rule from the parts of its configuration.
   *
   * @param regex in RE2 syntax; it must match the whole value
   * @param modulus for hashmod, as an unsigned number
   * @throws IllegalArgumentException with the rule that the parts break, which also holds for a
   *     regex that is none
   */
  public RelabelRule(
      RelabelAction action,
      List<String> sourceLabels,
      String separator,
      String regex,
      long modulus,
      String targetLabel,
      String replacement,
      NameValidation names) {
    this.action = action;
    this.sourceLabels = List.copyOf(sourceLabels);
    this.separator = separator;
    this.regex = UserRegex.compile(REGEX_BEGIN + regex + REGEX_END);
    this.modulus = modulus;
    this.targetLabel = targetLabel;
    this.replacement = replacement;
    this.names = names;
    this.targetTemplate = RegexTemplate.of(targetLabel, this.regex);
    this.replacementTemplate = RegexTemplate.of(replacement, this.regex);
    validate();
  }

  public RelabelAction action() {
    return action;
  }

  public List<String> sourceLabels() {
    return sourceLabels;
  }

  public String separator() {
    return separator;
  }

  /** As it was given, without what makes it match whole values. */
  public String regex() {
    String pattern = regex.pattern();
    return pattern.substring(REGEX_BEGIN.length(), pattern.length() - REGEX_END.length());
  }

  /** As an unsigned number; 0 where there is none. */
  public long modulus() {
    return modulus;
  }

  /** "" where there is none. */
  public String targetLabel() {
    return targetLabel;
  }

  public String replacement() {
    return replacement;
  }

  /**
   * Applies rules in order.
   *
   * @return whether the labels are kept; where not, they are as the rules before the dropping one
   *     left them
   */
  public static boolean applyAll(List<RelabelRule> rules, Labels.Builder labels) {
    for (RelabelRule rule : rules) {
      if (!rule.apply(labels)) {
        return false;
      }
    }
    return true;
  }

  /** Applies this rule; false where it says to drop. */
  public boolean apply(Labels.Builder labels) {
    switch (action) {
      case KEEP -> {
        return regex.matches(source(labels));
      }
      case DROP -> {
        return !regex.matches(source(labels));
      }
      case KEEPEQUAL -> {
        return value(labels, targetLabel).equals(source(labels));
      }
      case DROPEQUAL -> {
        return !value(labels, targetLabel).equals(source(labels));
      }
      case REPLACE -> replace(labels);
      case LOWERCASE -> labels.set(targetLabel, mapCase(source(labels), false));
      case UPPERCASE -> labels.set(targetLabel, mapCase(source(labels), true));
      case HASHMOD ->
          labels.set(
              targetLabel,
              Long.toUnsignedString(Long.remainderUnsigned(hash(source(labels)), modulus)));
      case LABELMAP -> mapNames(labels);
      case LABELDROP -> removeNames(labels, true);
      case LABELKEEP -> removeNames(labels, false);
    }
    return true;
  }

  /** Rules made of the same parts are equal. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RelabelRule rule
        && action == rule.action
        && sourceLabels.equals(rule.sourceLabels)
        && separator.equals(rule.separator)
        && regex.pattern().equals(rule.regex.pattern())
        && modulus == rule.modulus
        && targetLabel.equals(rule.targetLabel)
        && replacement.equals(rule.replacement)
        && names == rule.names;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        action, sourceLabels, separator, regex.pattern(), modulus, targetLabel, replacement);
  }

  private void replace(Labels.Builder labels) {
    Matcher match = regex.matcher(source(labels));
    if (!match.matches()) {
      return;
    }
    String target = targetTemplate.expand(match);
    if (names.isLabelName(target)) {
      labels.set(target, replacementTemplate.expand(match));
    }
  }

  private void mapNames(Labels.Builder labels) {
    Labels before = labels.build();
    before.forEach((name, value) -> {
      Matcher match = regex.matcher(name);
      if (match.matches()) {
        labels.set(replacementTemplate.expand(match), value);
      }
    });
  }

  private void removeNames(Labels.Builder labels, boolean matching) {
    for (String name : labels.names()) {
      if (regex.matches(name) == matching) {
        labels.remove(name);
      }
    }
  }

  private String source(Labels.Builder labels) {
    if (sourceLabels.size() == 1) {
      return value(labels, sourceLabels.getFirst());
    }
    StringBuilder joined = new StringBuilder();
    for (int i = 0; i < sourceLabels.size(); i++) {
      joined.append(i == 0 ? "" : separator).append(value(labels, sourceLabels.get(i)));
    }
    return joined.toString();
  }

  private static String value(Labels.Builder labels, String name) {
    String value = labels.get(name);
    return value == null ? "" : value;
  }

  /** Case by code point, without the locale's and context's special cases, as Go maps it. */
  private static String mapCase(String text, boolean upper) {
    StringBuilder mapped = new StringBuilder(text.length());
    text.codePoints()
        .map(upper ? Character::toUpperCase : Character::toLowerCase)
        .forEach(mapped::appendCodePoint);
    return mapped.toString();
  }

  /** The last 8 bytes of the MD5 sum, big-endian. */
  private static long hash(String text) {
    try {
      byte[] sum = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(sum).getLong(8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private void validate() {
    boolean needsTarget =
        switch (action) {
          case REPLACE, HASHMOD, LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL -> true;
          case KEEP, DROP, LABELMAP, LABELDROP, LABELKEEP -> false;
        };
    if (action == RelabelAction.HASHMOD && modulus == 0) {
      throw new IllegalArgumentException("the action hashmod needs a modulus that is not 0");
    }
    if (needsTarget && targetLabel.isEmpty()) {
      throw new IllegalArgumentException("the action " + action.word() + " needs a target_label");
    }
    if (needsTarget && !isTargetName(targetLabel, action == RelabelAction.REPLACE)) {
      throw new IllegalArgumentException(
          "'" + targetLabel + "' is not a valid target_label for the action " + action.word());
    }
    if (action == RelabelAction.LABELMAP && !isTargetName(replacement, true)) {
      throw new IllegalArgumentException(
          "'" + replacement + "' is not a valid replacement for the action labelmap");
    }
    if (hasFixedReplacement() && !replacement.equals(DEFAULT_REPLACEMENT)) {
      throw new IllegalArgumentException(
          "a replacement cannot be set for the action " + action.word());
    }
  }

  private boolean hasFixedReplacement() {
    return switch (action) {
      case LOWERCASE, UPPERCASE, KEEPEQUAL, DROPEQUAL -> true;
      case REPLACE, KEEP, DROP, HASHMOD, LABELMAP, LABELDROP, LABELKEEP -> false;
    };
  }

  private boolean isTargetName(String name, boolean mayRefer) {
    if (mayRefer
        && names == NameValidation.LEGACY
        && (name.contains("$") || action == RelabelAction.LABELMAP)) {
      return LEGACY_TARGET.matches(name);
    }
    return names.isLabelName(name);
  }
}
