package io.ghostworks.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesCacheTest {
  private final SeriesCache cache = new SeriesCache();

  @Test
  void aTextIsKnownAsLongAsTheLastSuccessHadIt() {
    int text = see("a");
    cache.endIteration(true);
    assertThat(cache.isKnown(cache.text(bytes("a"), 0, 1))).isTrue();
    cache.endIteration(false);
    assertThat(cache.isKnown(text)).isTrue();
    cache.endIteration(true);
    assertThat(cache.isKnown(cache.text(bytes("a"), 0, 1))).isFalse();
  }

  @Test
  void setsThatABatchHasDoNotChange() {
    cache.internSet(Labels.of("a", "1"));
    LabelSetTable frozen = cache.freezeSets();
    cache.internSet(Labels.of("a", "2"));
    assertThat(frozen.size()).isEqualTo(1);
    assertThat(cache.freezeSets().size()).isEqualTo(2);
    assertThat(cache.internSet(Labels.of("a", "1"))).isZero();
  }

  @Test
  void churningTextsDoNotGrowTheCacheWithoutEnd() {
    for (int scrape = 0; scrape < 50; scrape++) {
      for (int i = 0; i < 1_000; i++) {
        see("churn" + scrape + "_" + i);
      }
      cache.endIteration(true);
    }
    assertThat(cache.freezeSets().size()).isLessThan(6_000);
  }

  @Test
  void failingScrapesDoNotGrowTheCacheWithoutEnd() {
    for (int scrape = 0; scrape < 50; scrape++) {
      for (int i = 0; i < 1_000; i++) {
        see("churn" + scrape + "_" + i);
      }
      cache.endIteration(false);
    }
    assertThat(cache.freezeSets().size()).isLessThan(12_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void behavesAsAMapOfTextsAndSets(long seed) {
    Random random = new Random(seed);
    Set<String> known = new HashSet<>();
    Set<String> previous = new HashSet<>();
    for (int scrape = 0; scrape < 200; scrape++) {
      boolean success = random.nextInt(4) > 0;
      Set<String> seen = new HashSet<>();
      int count = random.nextInt(30);
      for (int i = 0; i < count; i++) {
        String name = "s" + random.nextInt(40) + "x".repeat(random.nextInt(3));
        int text = cache.text(bytes(name), 0, name.length());
        assertThat(cache.isKnown(text))
            .as("seed %d, scrape %d, %s", seed, scrape, name)
            .isEqualTo(known.contains(name) || seen.contains(name));
        see(name);
        seen.add(name);
      }
      Map<String, Integer> stale = new HashMap<>();
      cache.forEachStale(
          set -> stale.merge(cache.freezeSets().labels(set).get("t"), 1, Integer::sum));
      Set<String> expected = new HashSet<>(previous);
      expected.removeAll(seen);
      assertThat(stale.keySet()).isEqualTo(expected);
      assertThat(stale.values()).allMatch(times -> times == 1);
      previous = seen;
      if (success) {
        known = new HashSet<>(seen);
      } else {
        known.addAll(seen);
      }
      cache.endIteration(success);
    }
  }

  private int see(String name) {
    int text = cache.text(bytes(name), 0, name.length());
    int set = cache.internSet(Labels.of("t", name));
    cache.assign(text, set);
    cache.see(text);
    cache.track(set);
    return text;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
