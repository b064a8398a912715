package io.ghostworks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.promql.parse.ParserOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvaluationPlanTest {

  @Test
  void independentRulesShareAStep() {
    assertThat(steps("{record: a, expr: up}", "{record: b, expr: down}", "{alert: A, expr: up}"))
        .containsExactly(List.of(0, 1, 2));
  }

  @Test
  void aRuleComesAfterThoseThatItReads() {
    assertThat(
            steps(
                "{record: a, expr: up}",
                "{record: b, expr: 'sum(rate(a[5m]))'}",
                "{record: c, expr: up}",
                "{alert: D, expr: 'b / c > 1'}"))
        .containsExactly(List.of(0, 2), List.of(1), List.of(3));
  }

  @Test
  void whatReadsALaterRuleSeesItsFormerOutput() {
    assertThat(
            steps(
                "{record: x, expr: up}",
                "{record: y, expr: x + later}",
                "{record: later, expr: up}"))
        .as("the later rule is not written before the one that reads it is evaluated")
        .containsExactly(List.of(0), List.of(1, 2));
  }

  @Test
  void alertsAreReadByTheirSeries() {
    assertThat(
            steps(
                "{alert: A, expr: up}",
                "{alert: B, expr: up}",
                "{record: n, expr: 'count(ALERTS{alertname=\"A\"})'}",
                "{record: m, expr: 'count(ALERTS{alertname=\"C\"})'}",
                "{record: f, expr: 'count(ALERTS_FOR_STATE)'}"))
        .containsExactly(List.of(0, 1, 3), List.of(2, 4));
  }

  @Test
  void aSelectorWithoutANameReadsAll() {
    assertThat(
            steps(
                "{record: a, expr: up}",
                "{record: b, expr: '{job=\"x\"}'}",
                "{record: c, expr: up}"))
        .containsExactly(List.of(0), List.of(1, 2));
    assertThat(
            steps(
                "{record: a, expr: up}",
                "{alert: B, expr: up, annotations: {x: '{{ query \"a\" }}'}}"))
        .containsExactly(List.of(0), List.of(1));
  }

  @Test
  void rulesOfLogsReadNoSeries() {
    RuleFile file =
        read(
            RuleLanguage.LOGQL,
            List.of(
                "{record: a, expr: 'sum(rate({app=\"a\"}[1m]))'}",
                "{record: b, expr: 'sum(rate({app=\"b\"}[1m]))'}"));
    assertThat(EvaluationPlan.of(file.groups().getFirst().rules()).steps()).hasSize(1);
  }

  @Test
  void randomGroupsSeeWhatTheyWouldSeeOneAfterAnother() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 100; round++) {
      List<String> rules = new ArrayList<>();
      for (int i = 0; i < 2 + random.nextInt(12); i++) {
        rules.add("{record: %s, expr: '%s'}".formatted(name(random), selector(random)));
      }
      List<RuleFile.Rule> read = read(RuleLanguage.PROMQL, rules).groups().getFirst().rules();
      List<int[]> inOrder = new ArrayList<>();
      for (int i = 0; i < read.size(); i++) {
        inOrder.add(new int[] {i});
      }
      assertThat(seen(read, EvaluationPlan.of(read).steps()))
          .as("seed %d: %s", seed, rules)
          .isEqualTo(seen(read, inOrder));
    }
  }

  private static String name(Random random) {
    return "n" + random.nextInt(6);
  }

  private static String selector(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> "{__name__=~\"n[0-%d]\"}".formatted(random.nextInt(6));
      case 1 -> "up";
      case 2 -> name(random) + " + " + name(random);
      case 3 -> random.nextInt(4) == 0 ? "{job=\"x\"}" : "rate(" + name(random) + "[5m])";
      default -> name(random);
    };
  }

  /** By rule, which evaluation wrote last what it selects; and in the end what each name holds. */
  private static Map<String, Object> seen(List<RuleFile.Rule> rules, List<int[]> steps) {
    Map<String, Integer> stored = new HashMap<>();
    Map<String, Object> seen = new HashMap<>();
    for (int[] step : steps) {
      for (int rule : step) {
        Map<String, Integer> found = new HashMap<>();
        stored.forEach((name, writer) -> {
          boolean selects =
              ReadSelectors.of(RuleExpression.promql(rules.get(rule).expression())).found().stream()
                  .anyMatch(read ->
                      read.selector().matchers().stream()
                          .allMatch(m -> !m.label().equals("__name__") || m.matches(name)));
          if (selects) {
            found.put(name, writer);
          }
        });
        seen.put("rule " + rule, found);
      }
      for (int rule : step) {
        stored.put(rules.get(rule).name(), rule);
      }
    }
    seen.put("stored", stored);
    return seen;
  }

  private static List<List<Integer>> steps(String... rules) {
    RuleFile file = read(RuleLanguage.PROMQL, List.of(rules));
    List<List<Integer>> steps = new ArrayList<>();
    for (int[] step : EvaluationPlan.of(file.groups().getFirst().rules()).steps()) {
      List<Integer> numbers = new ArrayList<>();
      for (int number : step) {
        numbers.add(number);
      }
      steps.add(numbers);
    }
    return steps;
  }

  private static RuleFile read(RuleLanguage language, List<String> rules) {
    String text = "groups:\n- name: g\n  rules:\n  - " + String.join("\n  - ", rules);
    Findings findings = new Findings();
    RuleFile file =
        new RuleFileReader(ParserOptions.STABLE)
            .read("g.yml", language, YamlReader.read("g.yml", text), findings);
    findings.throwIfErrors();
    return file;
  }
}
