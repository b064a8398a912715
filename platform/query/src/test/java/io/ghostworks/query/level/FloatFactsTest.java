package io.ghostworks.query.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatFactsTest {

  @Test
  void factsOfNeighboursCombineToThoseOfAllSamples() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(60);
      FloatFacts whole = new FloatFacts().clear();
      FloatFacts combined = new FloatFacts().clear();
      FloatFacts piece = new FloatFacts().clear();
      double value = 0;
      for (int i = 0; i < size; i++) {
        value =
            switch (random.nextInt(10)) {
              case 0 -> 0;
              case 1 -> value;
              case 2 -> -random.nextDouble() * 5;
              default -> value + random.nextInt(100) / 10.0;
            };
        whole.add(i * 1000L, value);
        piece.add(i * 1000L, value);
        if (random.nextInt(4) == 0) {
          combined.append(piece);
          piece.clear();
        }
      }
      combined.append(piece);
      assertThat(combined.firstMs()).as("seed %d", seed).isEqualTo(whole.firstMs());
      assertThat(combined.lastMs()).isEqualTo(whole.lastMs());
      assertThat(combined.first()).isEqualTo(whole.first());
      assertThat(combined.last()).isEqualTo(whole.last());
      assertThat(combined.min()).isEqualTo(whole.min());
      assertThat(combined.max()).isEqualTo(whole.max());
      assertThat(combined.count()).isEqualTo(whole.count());
      assertThat(combined.resets()).isEqualTo(whole.resets());
      assertThat(combined.changes()).isEqualTo(whole.changes());
      assertThat(combined.sum()).isCloseTo(whole.sum(), within(1e-12 * size * 1000));
      assertThat(combined.correction()).isCloseTo(whole.correction(), within(1e-9));
      assertThat(combined.squares())
          .isCloseTo(whole.squares(), within(1e-9 * (1 + whole.squares())));
    }
  }

  @Test
  void minimumAndMaximumAreNotNumbersOnlyWhereNothingIs() {
    FloatFacts facts = new FloatFacts().clear();
    facts.add(1, Double.NaN);
    assertThat(facts.min()).isNaN();
    facts.add(2, 3);
    facts.add(3, Double.NaN);
    assertThat(facts.min()).isEqualTo(3);
    assertThat(facts.max()).isEqualTo(3);
    assertThat(facts.sum()).isNaN();
    assertThat(facts.squares()).isNaN();
    assertThat(facts.changes()).isEqualTo(2);
  }

  @Test
  void windowsAreOpenOnTheLeft() {
    assertThat(LevelColumns.windowEndMs(300_000, 300_000)).isEqualTo(300_000);
    assertThat(LevelColumns.windowEndMs(300_001, 300_000)).isEqualTo(600_000);
    assertThat(LevelColumns.windowEndMs(0, 300_000)).isZero();
    assertThat(LevelColumns.windowEndMs(-1, 300_000)).isZero();
  }
}
