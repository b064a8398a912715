package io.ghostworks.server.settings;

import io.ghostworks.collector.generator.FilterPolicy;
import io.ghostworks.collector.generator.FilterPolicy.Condition;
import io.ghostworks.collector.generator.FilterPolicy.Match;
import io.ghostworks.collector.generator.FilterPolicy.Subject;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ScalarKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code filter_policies} as Tempo's overrides have them. */
final class FilterPolicyReader {
  private static final Set<String> KINDS =
      Set.of(
          "SPAN_KIND_UNSPECIFIED",
          "SPAN_KIND_INTERNAL",
          "SPAN_KIND_SERVER",
          "SPAN_KIND_CLIENT",
          "SPAN_KIND_PRODUCER",
          "SPAN_KIND_CONSUMER");
  private static final Set<String> STATUSES =
      Set.of("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR");

  private FilterPolicyReader() {}

  static List<FilterPolicy> read(ConfigMap map, List<FilterPolicy> absent) {
    if (!map.has("filter_policies")) {
      map.know("filter_policies");
      return absent;
    }
    List<FilterPolicy> policies = new ArrayList<>();
    for (ConfigMap policy : map.maps("filter_policies")) {
      Match include = match(policy, "include");
      Match includeAny = match(policy, "include_any");
      Match exclude = match(policy, "exclude");
      if (include == null && includeAny == null && exclude == null) {
        policy.error("must have an 'include', 'include_any' or 'exclude'", "");
      }
      policy.rejectUnknownKeys();
      policies.add(new FilterPolicy(include, includeAny, exclude));
    }
    return policies;
  }

  private static @Nullable Match match(ConfigMap policy, String key) {
    ConfigMap map = policy.map(key).orElse(null);
    if (map == null) {
      return null;
    }
    boolean regex = map.oneOf("match_type", "", List.of("strict", "regex")).equals("regex");
    if (!map.has("match_type")) {
      map.error("match_type", "must be strict or regex", "");
    }
    List<Condition> conditions = new ArrayList<>();
    for (ConfigMap attribute : map.maps("attributes")) {
      conditions.add(condition(attribute, regex));
      attribute.rejectUnknownKeys();
    }
    map.rejectUnknownKeys();
    return new Match(conditions);
  }

  private static Condition condition(ConfigMap map, boolean regex) {
    String key = map.requiredString("key");
    Subject subject =
        switch (key) {
          case "kind" -> Subject.KIND;
          case "status" -> Subject.STATUS;
          case "name" -> Subject.NAME;
          default -> key.startsWith("resource.") ? Subject.RESOURCE : Subject.SPAN;
        };
    boolean attribute = subject == Subject.RESOURCE || subject == Subject.SPAN;
    if (attribute && !key.startsWith("resource.") && !key.startsWith("span.")) {
      map.error(
          "key",
          "must be kind, status, name, or an attribute with its scope",
          "write span.%s or resource.%s".formatted(key, key));
    }
    String name = attribute ? key.substring(key.indexOf('.') + 1) : "";
    if (regex) {
      return new Condition(subject, name, map.findRegex("value").orElse(null), null);
    }
    Object value = map.find("value").map(FilterPolicyReader::value).orElse(null);
    Set<String> words =
        subject == Subject.KIND ? KINDS : subject == Subject.STATUS ? STATUSES : Set.of();
    if (value == null
        || (!words.isEmpty() && !words.contains(value))
        || (subject == Subject.NAME && !(value instanceof String))) {
      map.error(
          "value",
          words.isEmpty()
              ? "must be a text, number or boolean"
              : "must be one of " + String.join(", ", words.stream().sorted().toList()),
          "");
    }
    return new Condition(subject, name, null, value);
  }

  private static @Nullable Object value(ConfigNode node) {
    if (!(node instanceof ConfigNode.ScalarNode scalar)) {
      return null;
    }
    String text = scalar.text();
    if (scalar.kind() == ScalarKind.BOOLEAN) {
      return text.equalsIgnoreCase("true");
    }
    try {
      return switch (scalar.kind()) {
        case INTEGER -> (Object) Long.valueOf(text);
        case FLOAT -> Double.valueOf(text);
        default -> text;
      };
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
