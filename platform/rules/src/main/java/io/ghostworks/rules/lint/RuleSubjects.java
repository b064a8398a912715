package io.ghostworks.rules.lint;

import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Position;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The PromQL rules of a file that was read without errors, with their lines: of Prometheus's files
 * and of {@code PrometheusRule} resources. Rules in other languages are left out.
 */
public final class RuleSubjects {
  private static final PromqlParser PARSER = new PromqlParser(ParserOptions.ALL);

  private RuleSubjects() {}

  /**
   * @param file how the file is named in findings
   */
  public static List<LintSubject> of(String file, ConfigNode root) {
    List<LintSubject> subjects = new ArrayList<>();
    collect(file, root, subjects);
    return subjects;
  }

  private static void collect(String file, ConfigNode root, List<LintSubject> subjects) {
    if (root instanceof ConfigNode.MapNode map) {
      list(map, "items").forEach(item -> collect(file, item, subjects));
      map.find("spec").ifPresent(spec -> collect(file, spec, subjects));
      for (ConfigNode group : list(map, "groups")) {
        if (group instanceof ConfigNode.MapNode groupMap) {
          for (ConfigNode rule : list(groupMap, "rules")) {
            if (rule instanceof ConfigNode.MapNode ruleMap) {
              subject(file, groupMap, ruleMap).ifPresent(subjects::add);
            }
          }
        }
      }
    }
  }

  private static Optional<LintSubject> subject(
      String file, ConfigNode.MapNode group, ConfigNode.MapNode rule) {
    Optional<ConfigNode> expr = rule.find("expr");
    String alert = text(rule, "alert");
    String record = text(rule, "record");
    if (expr.isEmpty() || !(expr.get() instanceof ConfigNode.ScalarNode written)) {
      return Optional.empty();
    }
    Expr parsed;
    try {
      parsed = PARSER.parse(written.text());
    } catch (PromqlParseException e) {
      return Optional.empty(); // another language; mistakes are the reader's to tell
    }
    Map<String, String> labels = new LinkedHashMap<>(texts(group, "labels"));
    labels.putAll(texts(rule, "labels"));
    Position place = rule.position();
    return Optional.of(
        new LintSubject(
            new LintFinding.Place(
                file,
                written.position().line(),
                text(group, "name"),
                alert.isEmpty() ? record : alert),
            alert.isEmpty() ? LintSubject.Kind.RECORD : LintSubject.Kind.ALERT,
            parsed,
            new LintSubject.About(
                place.line(),
                text(rule, "for"),
                text(rule, "keep_firing_for"),
                labels,
                texts(rule, "annotations"))));
  }

  private static List<ConfigNode> list(ConfigNode.MapNode map, String key) {
    return map.find(key).orElse(null) instanceof ConfigNode.ListNode list
        ? list.items()
        : List.of();
  }

  private static String text(ConfigNode.MapNode map, String key) {
    return map.find(key).orElse(null) instanceof ConfigNode.ScalarNode scalar && !scalar.isNull()
        ? scalar.text()
        : "";
  }

  private static Map<String, String> texts(ConfigNode.MapNode map, String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (map.find(key).orElse(null) instanceof ConfigNode.MapNode inner) {
      for (ConfigNode.Entry entry : inner.entries()) {
        if (entry.value() instanceof ConfigNode.ScalarNode scalar) {
          texts.put(entry.key().text(), scalar.isNull() ? "" : scalar.text());
        }
      }
    }
    return texts;
  }
}
