package io.ghostworks.alertmanager.inhibit;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.config.InhibitRule;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.alertmanager.matcher.Matchers;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.state.ReceivedAlerts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InhibitorTest {

  private static final long NOW = 1_000;

  @Test
  void aSourceThatFiresInhibitsTargetsWithTheSameEqualLabels() {
    Inhibitor inhibitor = new Inhibitor(List.of(rule("sev=critical", "sev=~warning|info", "job")));
    inhibitor.put(alert(2_000, "sev", "critical", "job", "a"));
    assertThat(source(inhibitor, "sev", "warning", "job", "a")).contains("critical");
    assertThat(source(inhibitor, "sev", "warning", "job", "b")).isEmpty();
    assertThat(source(inhibitor, "sev", "other", "job", "a")).isEmpty();
    inhibitor.put(alert(NOW, "sev", "critical", "job", "a"));
    assertThat(source(inhibitor, "sev", "warning", "job", "a")).isEmpty();
    inhibitor.put(alert(0, "sev", "critical", "job", "a"));
    assertThat(source(inhibitor, "sev", "info", "job", "a")).contains("critical");
    inhibitor.remove(Labels.of("job", "a", "sev", "critical"));
    assertThat(source(inhibitor, "sev", "info", "job", "a")).isEmpty();
  }

  @Test
  void labelsThatBothLackAreEqual() {
    Inhibitor inhibitor = new Inhibitor(List.of(rule("s=1", "t=1", "x")));
    inhibitor.put(alert(0, "s", "1"));
    assertThat(source(inhibitor, "t", "1")).isPresent();
    assertThat(source(inhibitor, "t", "1", "x", "y")).isEmpty();
  }

  @Test
  void alertsThatMatchBothSidesDoNotInhibitOneAnother() {
    Inhibitor inhibitor = new Inhibitor(List.of(rule("s=1", "t=1", "e")));
    inhibitor.put(alert(9_000, "s", "1", "t", "1", "n", "both"));
    assertThat(source(inhibitor, "s", "1", "t", "1", "n", "both")).isEmpty();
    assertThat(source(inhibitor, "s", "1", "t", "1", "n", "other")).isEmpty();
    assertThat(source(inhibitor, "t", "1")).isPresent();
    inhibitor.put(alert(3_000, "s", "1", "n", "one side"));
    assertThat(source(inhibitor, "s", "1", "t", "1", "n", "both")).isPresent();
  }

  @Test
  void aSourceThatIsOverHidesNoOther() {
    Inhibitor inhibitor = new Inhibitor(List.of(rule("s=1", "t=1")));
    inhibitor.put(alert(2_000, "s", "1", "n", "a"));
    inhibitor.put(alert(3_000, "s", "1", "n", "b"));
    inhibitor.put(alert(500, "s", "1", "n", "b"));
    assertThat(inhibitor.inhibiting(Labels.of("t", "1"), NOW))
        .hasValueSatisfying(by -> assertThat(by.source().labels().get("n")).isEqualTo("a"));
  }

  @Test
  void saysTheSameAsANaiveModel() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      List<InhibitRule> rules = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(5); i++) {
        rules.add(
            new InhibitRule(
                "r" + i,
                matchers(random),
                matchers(random),
                List.of("a", "b").subList(0, random.nextInt(3))));
      }
      Inhibitor inhibitor = new Inhibitor(rules);
      Map<Labels, ReceivedAlerts.Row> known = new HashMap<>();
      for (int step = 0; step < 60; step++) {
        ReceivedAlerts.Row alert =
            new ReceivedAlerts.Row(
                labels(random), Labels.EMPTY, 1, random.nextInt(4) * 500L, 1, false, "");
        if (random.nextInt(5) == 0) {
          inhibitor.remove(alert.labels());
          known.remove(alert.labels());
        } else {
          inhibitor.put(alert);
          known.put(alert.labels(), alert);
        }
        Labels target = labels(random);
        Optional<Inhibitor.Inhibition> found = inhibitor.inhibiting(target, NOW);
        Optional<InhibitRule> expected = naive(rules, known, target);
        assertThat(found.map(Inhibitor.Inhibition::rule)).as("seed %d", seed).isEqualTo(expected);
        found.ifPresent(by ->
            assertThat(inhibits(by.rule(), by.source(), target)).as("seed %d", seed).isTrue());
      }
    }
  }

  private static Optional<InhibitRule> naive(
      List<InhibitRule> rules, Map<Labels, ReceivedAlerts.Row> known, Labels target) {
    return rules.stream()
        .filter(rule -> known.values().stream().anyMatch(alert -> inhibits(rule, alert, target)))
        .findFirst();
  }

  private static boolean inhibits(InhibitRule rule, ReceivedAlerts.Row source, Labels target) {
    boolean fires = source.endsAtNanos() == 0 || source.endsAtNanos() > NOW;
    boolean sides =
        Matchers.match(rule.sourceMatchers(), source.labels())
            && Matchers.match(rule.targetMatchers(), target);
    boolean bothTwice =
        Matchers.match(rule.sourceMatchers(), target)
            && Matchers.match(rule.targetMatchers(), source.labels());
    return fires
        && sides
        && !bothTwice
        && rule.equal().stream()
            .allMatch(name -> source.labels().get(name).equals(target.get(name)));
  }

  private static List<LabelMatcher> matchers(Random random) {
    List<LabelMatcher> matchers = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      String operator = new String[] {"=", "!=", "=~", "!~"}[random.nextInt(4)];
      String value = new String[] {"", "1", "2", "1|2"}[random.nextInt(4)];
      matchers.add(Matchers.of("abc".charAt(random.nextInt(3)) + "", operator, value));
    }
    return matchers;
  }

  private static Labels labels(Random random) {
    Labels.Builder labels = Labels.builder();
    for (String name : new String[] {"a", "b", "c"}) {
      labels.set(name, new String[] {"", "1", "2"}[random.nextInt(3)]);
    }
    return labels.build();
  }

  private static InhibitRule rule(String source, String target, String... equal) {
    return new InhibitRule(
        "",
        MatcherSyntax.FALLBACK.matchers(source),
        MatcherSyntax.FALLBACK.matchers(target),
        List.of(equal));
  }

  private static Optional<String> source(Inhibitor inhibitor, String... labels) {
    return inhibitor.inhibiting(labels(labels), NOW).map(by -> by.source().labels().get("sev"));
  }

  private static ReceivedAlerts.Row alert(long endsAtNanos, String... labels) {
    return new ReceivedAlerts.Row(labels(labels), Labels.EMPTY, 1, endsAtNanos, 1, false, "");
  }

  private static Labels labels(String... pairs) {
    Labels.Builder labels = Labels.builder();
    for (int i = 0; i < pairs.length; i += 2) {
      labels.set(pairs[i], pairs[i + 1]);
    }
    return labels.build();
  }
}
