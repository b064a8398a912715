package io.ghostworks.traceql.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ghostworks.traceql.analysis.SetComparison.Set;
import org.junit.jupiter.api.Test;

class SetComparisonTest {
  private final SetComparison comparison = new SetComparison();

  @Test
  void ranksTheAttributeFirstThatTellsTheSetsApart() {
    for (int i = 0; i < 100; i++) {
      comparison.addSpan(Set.SELECTION);
      comparison.addText(Set.SELECTION, "span", "region", i < 90 ? "west" : "east");
      comparison.addText(Set.SELECTION, "span", "method", i % 2 == 0 ? "GET" : "POST");
      comparison.addText(Set.SELECTION, "span", "same", "x");
    }
    for (int i = 0; i < 1_000; i++) {
      comparison.addSpan(Set.BASELINE);
      comparison.addText(Set.BASELINE, "span", "region", i % 3 == 0 ? "west" : "east");
      comparison.addText(Set.BASELINE, "span", "method", i % 2 == 0 ? "GET" : "PUT");
      comparison.addText(Set.BASELINE, "span", "same", "x");
    }
    var ranked = comparison.ranked(10, 2);
    assertThat(ranked).extracting(ComparedAttribute::key).containsExactly("region", "method");
    ComparedAttribute.Value west = ranked.getFirst().values().getFirst();
    assertThat(west.text()).isEqualTo("west");
    assertThat(west.selection()).isEqualTo(90);
    assertThat(west.baseline()).isEqualTo(334);
    assertThat(west.lift()).isCloseTo(0.9 / 0.334, within(1e-9));
    assertThat(ranked.getFirst().score()).isCloseTo(0.9 - 0.334, within(1e-9));
  }

  @Test
  void spansWithoutTheAttributeAreAValue() {
    comparison.addSpan(Set.SELECTION);
    comparison.addSpan(Set.BASELINE);
    comparison.addText(Set.BASELINE, "span", "cache", "hit");
    ComparedAttribute cache = comparison.ranked(10, 10).getFirst();
    assertThat(cache.score()).isEqualTo(1);
    assertThat(cache.values())
        .extracting(ComparedAttribute.Value::text)
        .containsExactly(null, "hit");
    assertThat(cache.values().getFirst().lift()).isInfinite();
  }

  @Test
  void manyNumbersAreCountedByPowersOfTwo() {
    for (int i = 0; i < 100; i++) {
      comparison.addSpan(Set.SELECTION);
      comparison.addNumber(Set.SELECTION, "span", "size", 1_024 + i, Integer.toString(1_024 + i));
      comparison.addSpan(Set.BASELINE);
      comparison.addNumber(Set.BASELINE, "span", "size", 100 + i, Integer.toString(100 + i));
    }
    ComparedAttribute size = comparison.ranked(10, 10).getFirst();
    assertThat(size.ranges()).isTrue();
    assertThat(size.values())
        .extracting(ComparedAttribute.Value::text)
        .containsExactly("[1024, 2048)", "[128, 256)", "[64, 128)");
  }

  @Test
  void anEmptySetHasNoDifferences() {
    comparison.addSpan(Set.SELECTION);
    comparison.addText(Set.SELECTION, "span", "a", "b");
    assertThat(comparison.ranked(10, 10)).isEmpty();
  }

  @Test
  void valuesBeyondTheBoundAreToldAsLost() {
    for (int i = 0; i < SetComparison.VALUES_MAX + 5; i++) {
      comparison.addSpan(i % 2 == 0 ? Set.SELECTION : Set.BASELINE);
      comparison.addText(i % 2 == 0 ? Set.SELECTION : Set.BASELINE, "span", "id", "v" + i);
    }
    assertThat(comparison.ranked(1, 1).getFirst().valuesLost()).isTrue();
  }
}
