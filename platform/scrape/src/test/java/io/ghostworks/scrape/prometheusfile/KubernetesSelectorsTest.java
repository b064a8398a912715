package io.ghostworks.scrape.prometheusfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesSelectorsTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a=b", "a.b==c,d!=e", "status.phase=Running,", "a=x\\,y\\=z\\\\"})
  void fieldSelectorsAreTermsWithAnOperator(String text) {
    assertThat(KubernetesSelectors.fieldSelectorProblem(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a-b,c=d", "a=b=c", "a=\\x"})
  void otherFieldSelectorsAreRefused(String text) {
    assertThat(KubernetesSelectors.fieldSelectorProblem(text)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "!a",
        "a=b",
        "a==b, c!=d",
        "app in (x, y),tier notin ()",
        "k8s.io/name=v_1",
        "a>1,b<2",
        "a=",
        "x in (,y)",
        "in=notin"
      })
  void labelSelectorsAreRequirements(String text) {
    assertThat(KubernetesSelectors.labelSelectorProblem(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",", "a,", "a b", "a in x", "a in (x", "=b", "a=b=c", "-a", "a=b!", "a>x", "!", "a=b c",
        "A_/x"
      })
  void otherLabelSelectorsAreRefused(String text) {
    assertThat(KubernetesSelectors.labelSelectorProblem(text)).isPresent();
  }
}
