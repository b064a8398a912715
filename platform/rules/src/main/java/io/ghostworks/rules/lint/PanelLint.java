package io.ghostworks.rules.lint;

import io.ghostworks.config.ConfigNode;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks through the PromQL expressions of a Grafana dashboard's panels. */
public final class PanelLint {
  private static final PromqlParser PARSER = new PromqlParser(ParserOptions.ALL);
  private static final int DEPTH_MAX = 10;

  private final RuleLint lint;

  public PanelLint(RuleLint lint) {
    this.lint = lint;
  }

  /**
   * @param file how the file is named in findings
   * @param root the dashboard, or the wrapper around it
   */
  public List<LintFinding> check(String file, ConfigNode root) {
    List<LintFinding> findings = new ArrayList<>();
    if (root instanceof ConfigNode.MapNode map) {
      ConfigNode inner = map.find("dashboard").orElse(map);
      if (inner instanceof ConfigNode.MapNode dashboard) {
        panels(file, text(dashboard, "title"), dashboard, 0, findings);
      }
    }
    return findings;
  }

  private void panels(
      String file,
      String dashboard,
      ConfigNode.MapNode holder,
      int depth,
      List<LintFinding> findings) {
    if (depth > DEPTH_MAX) {
      return;
    }
    for (String key : List.of("rows", "panels")) {
      for (ConfigNode.MapNode panel : maps(holder, key)) {
        panels(file, dashboard, panel, depth + 1, findings);
        if (!isOther(panel)) {
          for (ConfigNode.MapNode target : maps(panel, "targets")) {
            if (!isOther(target)) {
              target(file, dashboard, text(panel, "title"), target, findings);
            }
          }
        }
      }
    }
  }

  /** Whether it asks something else than Prometheus. */
  private static boolean isOther(ConfigNode.MapNode node) {
    return node.find("datasource").orElse(null) instanceof ConfigNode.MapNode source
        && !text(source, "type").isEmpty()
        && !text(source, "type").equals("prometheus")
        && !text(source, "type").startsWith("$")
        && !text(source, "type").equals("datasource");
  }

  private void target(
      String file,
      String dashboard,
      String panel,
      ConfigNode.MapNode target,
      List<LintFinding> findings) {
    Optional<ConfigNode> written = target.find("expr");
    if (written.isEmpty()
        || !(written.get() instanceof ConfigNode.ScalarNode scalar)
        || scalar.text().isBlank()) {
      return;
    }
    LintFinding.Place place =
        new LintFinding.Place(file, scalar.position().line(), dashboard, panel);
    try {
      findings.addAll(check(place, scalar.text()));
    } catch (PromqlParseException e) {
      return; // another language, or variables in places where nothing else can stand
    }
  }

  /**
   * What is wrong with one expression of a panel, in which variables may stand.
   *
   * @throws PromqlParseException if it cannot be read
   */
  public List<LintFinding> check(String expression) {
    return check(new LintFinding.Place("", 0, "", ""), expression);
  }

  private List<LintFinding> check(LintFinding.Place place, String expression) {
    PanelText text = PanelText.of(expression);
    LintSubject subject =
        new LintSubject(
            place, LintSubject.Kind.PANEL, PARSER.parse(text.text()), LintSubject.About.NOTHING);
    List<LintFinding> findings = new ArrayList<>();
    for (LintFinding finding : lint.check(List.of(subject))) {
      findings.add(
          new LintFinding(
              finding.check(),
              finding.place(),
              finding.severity(),
              text.restored(finding.reason()),
              text.restored(finding.corrected()),
              finding.correctedRule()));
    }
    return findings;
  }

  private static List<ConfigNode.MapNode> maps(ConfigNode.MapNode map, String key) {
    List<ConfigNode.MapNode> maps = new ArrayList<>();
    if (map.find(key).orElse(null) instanceof ConfigNode.ListNode list) {
      for (ConfigNode item : list.items()) {
        if (item instanceof ConfigNode.MapNode one) {
          maps.add(one);
        }
      }
    }
    return maps;
  }

  private static String text(ConfigNode.MapNode map, String key) {
    return map.find(key).orElse(null) instanceof ConfigNode.ScalarNode scalar && !scalar.isNull()
        ? scalar.text()
        : "";
  }
}
