package io.ghostworks.alertmanager.api;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.dispatch.AlertStatus;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.UserRegex;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which alerts, groups or receivers a request asks for. {@code unprocessed} takes nothing away, as
 * in Alertmanager.
 *
 * @param active whether alerts are wanted that nothing holds
 * @param silenced whether alerts are wanted that silences hold
 * @param inhibited whether alerts are wanted that others hold
 * @param muted whether groups are wanted that time intervals hold
 * @param matchers what an alert's labels must fulfil
 * @param receiver what the whole name of its receiver must match
 * @param receiverMatchers what the labels of its receiver must fulfil
 */
public record AlertFilter(
    boolean active,
    boolean silenced,
    boolean inhibited,
    boolean muted,
    List<LabelMatcher> matchers,
    Optional<Pattern> receiver,
    List<LabelMatcher> receiverMatchers) {

  /** Everything. */
  public static final AlertFilter ALL =
      new AlertFilter(true, true, true, true, List.of(), Optional.empty(), List.of());

  public AlertFilter {
    matchers = List.copyOf(matchers);
    receiverMatchers = List.copyOf(receiverMatchers);
  }

  /**
   * Reads a request's parameters.
   *
   * @throws IllegalArgumentException if one is wrong, in Alertmanager's words
   */
  public static AlertFilter of(Map<String, List<String>> parameters, MatcherSyntax syntax) {
    List<LabelMatcher> matchers =
        parameters.getOrDefault("filter", List.of()).stream().map(syntax::matcher).toList();
    Optional<Pattern> receiver = Flags.last(parameters, "receiver").map(AlertFilter::pattern);
    return new AlertFilter(
        Flags.isTrue(parameters, "active"),
        Flags.isTrue(parameters, "silenced"),
        Flags.isTrue(parameters, "inhibited"),
        Flags.isTrue(parameters, "muted"),
        matchers,
        receiver,
        receiverMatchers(parameters, syntax));
  }

  private static List<LabelMatcher> receiverMatchers(
      Map<String, List<String>> parameters, MatcherSyntax syntax) {
    try {
      return parameters.getOrDefault("receiver_matchers", List.of()).stream()
          .map(syntax::matcher)
          .toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "failed to parse receiver_matchers param: " + e.getMessage(), e);
    }
  }

  private static Pattern pattern(String text) {
    try {
      return UserRegex.compile("^(?:" + text + ")$");
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("failed to parse receiver param: " + e.getMessage(), e);
    }
  }

  public boolean takesAlert(Labels labels) {
    return Matchers.match(matchers, labels);
  }

  boolean takesStatus(AlertStatus status) {
    return (active || status.state() != AlertStatus.State.ACTIVE)
        && (silenced || status.silencedBy().isEmpty())
        && (inhibited || status.inhibitedBy().isEmpty());
  }

  /** Whether one of the names matches, and the labels of one do. */
  boolean takesAny(List<AlertmanagerConfig.Receiver> receivers) {
    return (receiver.isEmpty() || receivers.stream().anyMatch(this::takesName))
        && (receiverMatchers.isEmpty() || receivers.stream().anyMatch(this::takesLabels));
  }

  private boolean takesName(AlertmanagerConfig.Receiver asked) {
    return receiver.isEmpty() || receiver.get().matcher(asked.name()).find();
  }

  boolean takesLabels(AlertmanagerConfig.Receiver asked) {
    return Matchers.match(receiverMatchers, Labels.of(asked.labels()));
  }
}
