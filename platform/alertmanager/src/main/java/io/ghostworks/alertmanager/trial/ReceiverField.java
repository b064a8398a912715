package io.ghostworks.alertmanager.trial;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import io.ghostworks.config.YamlReader;
import java.util.List;
import java.util.Optional;

/**
 * The text of a receiver's field as a file has it, named as {@code slack_configs[0].title} or
 * {@code email_configs[0].headers.Subject}. What may be secret is not given.
 */
public final class ReceiverField {

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(password|secret|token|credentials|key|url|hash|authorization|http_config)");
  private static final Pattern PART = Pattern.compile("([^.\\[\\]]+)((?:\\[\\d{1,4}\\])*)");
  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)\\]");

  private ReceiverField() {}

  /**
   * @throws IllegalArgumentException if the field is not there, or may be secret
   */
  public static String find(Trials trials, String receiver, String path) {
    ConfigNode node = receiverNode(trials, receiver);
    for (String part : path.split("\\.", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "a field must be named as slack_configs[0].title, got '%s'".formatted(path));
      }
      if (SECRET.matcher(matcher.group(1)).find()) {
        throw new IllegalArgumentException(
            "the field '%s' may hold a secret and is not previewed".formatted(path));
      }
      node = below(node, matcher.group(1)).orElseThrow(() -> missing(path));
      Matcher index = INDEX.matcher(matcher.group(2));
      while (index.find()) {
        node = at(node, Integer.parseInt(index.group(1))).orElseThrow(() -> missing(path));
      }
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.text();
    }
    throw new IllegalArgumentException("the field '%s' is no text".formatted(path));
  }

  private static IllegalArgumentException missing(String path) {
    return new IllegalArgumentException(
        "the receiver's entry has no field '%s': Alertmanager's default holds, which the payload's preview shows"
            .formatted(path));
  }

  private static ConfigNode receiverNode(Trials trials, String name) {
    ConfigNode root = YamlReader.read("alertmanager.yml", trials.original());
    List<ConfigNode> receivers =
        below(root, "receivers")
            .filter(ListNode.class::isInstance)
            .map(node -> ((ListNode) node).items())
            .orElse(List.of());
    return receivers.stream()
        .filter(each ->
            below(each, "name")
                .filter(node -> node instanceof ScalarNode text && text.text().equals(name))
                .isPresent())
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("there is no receiver '%s'".formatted(name)));
  }

  private static Optional<ConfigNode> below(ConfigNode node, String key) {
    return node instanceof MapNode map ? map.find(key) : Optional.empty();
  }

  private static Optional<ConfigNode> at(ConfigNode node, int index) {
    return node instanceof ListNode list && index < list.items().size()
        ? Optional.of(list.items().get(index))
        : Optional.empty();
  }
}
