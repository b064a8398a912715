package io.ghostworks.alertmanager;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.UserRegex;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which alerts, groups or receivers a request asks for. No alert is silenced, inhibited or muted,
 * so that {@code silenced}, {@code inhibited}, {@code muted} and {@code unprocessed} take nothing
 * away.
 *
 * @param active whether active alerts are wanted, which all are
 * @param matchers what an alert's labels must fulfil
 * @param receiver what the whole name of its receiver must match
 * @param receiverMatchers what the labels of its receiver must fulfil
 */
public record AlertFilter(
    boolean active,
    List<LabelMatcher> matchers,
    Optional<Pattern> receiver,
    List<LabelMatcher> receiverMatchers) {

  /** Everything. */
  public static final AlertFilter ALL =
      new AlertFilter(true, List.of(), Optional.empty(), List.of());

  private static final Set<String> TRUE =
      Set.of("true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled");

  public AlertFilter {
    matchers = List.copyOf(matchers);
    receiverMatchers = List.copyOf(receiverMatchers);
  }

  /**
   * Reads a request's parameters.
   *
   * @throws IllegalArgumentException if one is wrong, in Alertmanager's words
   */
  public static AlertFilter of(Map<String, List<String>> parameters) {
    List<LabelMatcher> matchers =
        parameters.getOrDefault("filter", List.of()).stream().map(FilterText::parse).toList();
    Optional<Pattern> receiver = last(parameters, "receiver").map(AlertFilter::pattern);
    return new AlertFilter(
        last(parameters, "active").map(AlertFilter::isTrue).orElse(true),
        matchers,
        receiver,
        receiverMatchers(parameters));
  }

  private static List<LabelMatcher> receiverMatchers(Map<String, List<String>> parameters) {
    try {
      return parameters.getOrDefault("receiver_matchers", List.of()).stream()
          .map(FilterText::parse)
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

  private static Optional<String> last(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    return values.isEmpty() || values.getLast().isEmpty()
        ? Optional.empty()
        : Optional.of(values.getLast());
  }

  /** A boolean as Alertmanager's API reads it: what is not one of the words is false. */
  private static boolean isTrue(String text) {
    return TRUE.contains(text.toLowerCase(Locale.ROOT));
  }

  boolean takesAlert(Labels labels) {
    return fulfils(labels, matchers);
  }

  boolean takesReceiver(AlertmanagerConfig.Receiver asked) {
    return (receiver.isEmpty() || receiver.get().matcher(asked.name()).find())
        && fulfils(Labels.of(asked.labels()), receiverMatchers);
  }

  private static boolean fulfils(Labels labels, List<LabelMatcher> matchers) {
    return matchers.stream().allMatch(m -> m.matches(labels.get(m.label())));
  }
}
