package io.ghostworks.model.relabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.label.NameValidation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelabelRuleTest {
  private static final Labels LABELS = Labels.of("a", "foo", "b", "bar", "c", "baz");

  @Test
  void replaceWritesTheExpandedReplacement() {
    RelabelRule rule = rule(RelabelAction.REPLACE, List.of("a"), "f(.*)", 0, "d", "ch${1}-ch${1}");
    assertThat(applied(rule))
        .isEqualTo(Labels.of("a", "foo", "b", "bar", "c", "baz", "d", "choo-choo"));
  }

  @Test
  void replaceJoinsItsSourcesAndMustMatchTheWholeValue() {
    assertThat(
            applied(
                    rule(
                        RelabelAction.REPLACE,
                        List.of("a", "b"),
                        "f(.*);(.*)r",
                        0,
                        "a",
                        "b$2${1}m"))
                .get("a"))
        .isEqualTo("bbaoom");
    assertThat(applied(rule(RelabelAction.REPLACE, List.of("a"), "fo", 0, "a", "x")))
        .isEqualTo(LABELS);
  }

  @Test
  void anEmptyReplacementRemovesTheTarget() {
    assertThat(applied(rule(RelabelAction.REPLACE, List.of("a"), "f(.*)", 0, "b", "")))
        .isEqualTo(Labels.of("a", "foo", "c", "baz"));
  }

  @Test
  void aTargetCanReferToGroupsAndIsLeftWhereItsNameIsInvalid() {
    RelabelRule rule = rule(RelabelAction.REPLACE, List.of("a"), "(f)(.*)", 0, "x_$2", "v");
    assertThat(applied(rule).get("x_oo")).isEqualTo("v");
    assertThat(applied(rule(RelabelAction.REPLACE, List.of("none"), "(.*)", 0, "$1", "v")))
        .isEqualTo(LABELS);
  }

  @Test
  void keepAndDropDecideByTheirRegex() {
    assertThat(rule(RelabelAction.KEEP, List.of("a"), "foo", 0, "", "$1").apply(LABELS.toBuilder()))
        .isTrue();
    assertThat(rule(RelabelAction.KEEP, List.of("a"), "o", 0, "", "$1").apply(LABELS.toBuilder()))
        .isFalse();
    assertThat(
            rule(RelabelAction.DROP, List.of("a"), "f|foo", 0, "", "$1").apply(LABELS.toBuilder()))
        .isFalse();
    assertThat(
            rule(RelabelAction.DROP, List.of("a"), ".*o.*", 0, "", "$1").apply(LABELS.toBuilder()))
        .isFalse();
    assertThat(rule(RelabelAction.DROP, List.of("a"), "fo", 0, "", "$1").apply(LABELS.toBuilder()))
        .isTrue();
  }

  @Test
  void keepequalAndDropequalCompareWithTheTarget() {
    Labels same = Labels.of("x", "1", "y", "1", "z", "2");
    assertThat(
            rule(RelabelAction.KEEPEQUAL, List.of("x"), "(.*)", 0, "y", "$1")
                .apply(same.toBuilder()))
        .isTrue();
    assertThat(
            rule(RelabelAction.KEEPEQUAL, List.of("x"), "(.*)", 0, "z", "$1")
                .apply(same.toBuilder()))
        .isFalse();
    assertThat(
            rule(RelabelAction.DROPEQUAL, List.of("x"), "(.*)", 0, "y", "$1")
                .apply(same.toBuilder()))
        .isFalse();
    assertThat(
            rule(RelabelAction.DROPEQUAL, List.of("x"), "(.*)", 0, "z", "$1")
                .apply(same.toBuilder()))
        .isTrue();
  }

  @Test
  void hashmodIsTheLastEightBytesOfTheMd5Sum() {
    // md5("foo\nbar") as Prometheus's own tests expect it
    Labels labels = Labels.of("a", "foo\nbar");
    Labels.Builder builder = labels.toBuilder();
    rule(RelabelAction.HASHMOD, List.of("a"), "(.*)", 1000, "d", "$1").apply(builder);
    assertThat(builder.build().get("d")).isEqualTo("734");
    assertThat(applied(rule(RelabelAction.HASHMOD, List.of("c"), "(.*)", 1000, "d", "$1")).get("d"))
        .isEqualTo("976");
  }

  @Test
  void labelmapCopiesAndDropAndKeepRemoveByName() {
    Labels labels = Labels.of("a", "foo", "b1", "bar", "b2", "baz");
    assertThat(applied(rule(RelabelAction.LABELMAP, List.of(), "(b.*)", 0, "", "bar_${1}"), labels))
        .isEqualTo(
            Labels.of("a", "foo", "b1", "bar", "b2", "baz", "bar_b1", "bar", "bar_b2", "baz"));
    assertThat(applied(rule(RelabelAction.LABELDROP, List.of(), "b.*", 0, "", "$1"), labels))
        .isEqualTo(Labels.of("a", "foo"));
    assertThat(applied(rule(RelabelAction.LABELKEEP, List.of(), "b.*", 0, "", "$1"), labels))
        .isEqualTo(Labels.of("b1", "bar", "b2", "baz"));
  }

  @Test
  void caseIsMappedByCodePointAsGoDoes() {
    Labels labels = Labels.of("a", "ÀßΣσ");
    assertThat(
            applied(rule(RelabelAction.UPPERCASE, List.of("a"), "(.*)", 0, "u", "$1"), labels)
                .get("u"))
        .isEqualTo("ÀßΣΣ");
    assertThat(
            applied(rule(RelabelAction.LOWERCASE, List.of("a"), "(.*)", 0, "l", "$1"), labels)
                .get("l"))
        .isEqualTo("àßσσ");
  }

  @ParameterizedTest
  @CsvSource({
    "$1,foo",
    "${1},foo",
    "$1x,''",
    "${1}x,foox",
    "$$1,$1",
    "$,$",
    "a$-,a$-",
    "${1,${1",
    "$9,''",
    "$01,''",
    "$name,foo",
    "${name}!,foo!",
    "$0,foo",
    "$nope,''"
  })
  void referencesExpandAsInGo(String template, String expected) {
    RelabelRule rule =
        rule(RelabelAction.REPLACE, List.of("a"), "(?P<name>.*)", 0, "out", template);
    assertThat(applied(rule).get("out")).isEqualTo(expected);
  }

  @Test
  void aDotMatchesLineBreaks() {
    assertThat(
            applied(
                    rule(RelabelAction.REPLACE, List.of("a"), "x.y", 0, "b", "yes"),
                    Labels.of("a", "x\ny"))
                .get("b"))
        .isEqualTo("yes");
  }

  @Test
  void rulesThatCannotWorkAreRefused() {
    assertThatThrownBy(() -> rule(RelabelAction.REPLACE, List.of("a"), "(.*)", 0, "", "$1"))
        .hasMessageContaining("target_label");
    assertThatThrownBy(() -> rule(RelabelAction.HASHMOD, List.of("a"), "(.*)", 0, "d", "$1"))
        .hasMessageContaining("modulus");
    assertThatThrownBy(() -> rule(RelabelAction.LOWERCASE, List.of("a"), "(.*)", 0, "d", "x"))
        .hasMessageContaining("replacement");
    assertThatThrownBy(() -> rule(RelabelAction.LABELMAP, List.of(), "(.*)", 0, "", ""))
        .hasMessageContaining("replacement");
    assertThatThrownBy(() -> legacy(RelabelAction.REPLACE, "0a"))
        .hasMessageContaining("target_label");
    assertThatThrownBy(() -> legacy(RelabelAction.REPLACE, "${3}-x"))
        .hasMessageContaining("target_label");
    assertThatThrownBy(() -> legacy(RelabelAction.HASHMOD, "$1"))
        .hasMessageContaining("target_label");
    assertThat(legacy(RelabelAction.REPLACE, "a_${1}_b").action()).isEqualTo(RelabelAction.REPLACE);
  }

  private static RelabelRule legacy(RelabelAction action, String target) {
    return new RelabelRule(
        action, List.of("a"), ";", "(.*)", 7, target, "$1", NameValidation.LEGACY);
  }

  private static RelabelRule rule(
      RelabelAction action,
      List<String> sources,
      String regex,
      long modulus,
      String target,
      String replacement) {
    return new RelabelRule(
        action, sources, ";", regex, modulus, target, replacement, NameValidation.UTF8);
  }

  private static Labels applied(RelabelRule rule) {
    return applied(rule, LABELS);
  }

  private static Labels applied(RelabelRule rule, Labels labels) {
    Labels.Builder builder = labels.toBuilder();
    assertThat(RelabelRule.applyAll(List.of(rule), builder)).isTrue();
    return builder.build();
  }
}
