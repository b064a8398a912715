package io.ghostworks.rules;

import io.ghostworks.template.PrometheusTemplate;
import java.util.LinkedHashMap;
import java.util.Map;

/** A group as a text that is equal exactly where its configuration is. */
final class GroupText {

  private GroupText() {}

  static String of(RuleFile.Group group) {
    StringBuilder text = new StringBuilder();
    text.append(group.aligned())
        .append('|')
        .append(group.name())
        .append('|')
        .append(group.interval())
        .append('|');
    text.append(group.queryOffset()).append('|').append(group.limit());
    for (RuleFile.Rule rule : group.rules()) {
      text.append('\n')
          .append(rule.name())
          .append('|')
          .append(rule.expression().text())
          .append('|');
      switch (rule) {
        case RuleFile.Recording recording -> text.append(recording.labels());
        case RuleFile.Alerting alerting ->
            text.append(alerting.holdFor())
                .append('|')
                .append(alerting.keepFiringFor())
                .append('|')
                .append(texts(alerting.labels()))
                .append(texts(alerting.annotations()));
      }
    }
    return text.toString();
  }

  private static Map<String, String> texts(Map<String, PrometheusTemplate> templates) {
    Map<String, String> texts = new LinkedHashMap<>();
    templates.forEach((name, template) -> texts.put(name, template.text()));
    return texts;
  }
}
