package io.ghostworks.series.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class HeadIndexTest {
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final HeadIndex index = new HeadIndex(0, 0);
  private final List<TenantId> tenants = new ArrayList<>();
  private final List<Labels> labels = new ArrayList<>();

  @Test
  void findsListsAndOrdersSeriesAsAModelDoes() {
    int[] order = {};
    for (int i = 0; i < 12_000; i++) {
      add(new TenantId("t" + random.nextInt(random.nextInt(1, 4))), randomLabels());
      if (i % 5_000 == 0) {
        order = index.sorted(order, () -> {});
      }
    }
    assertThat(IntStream.of(index.sorted(order, () -> {})).boxed().toList())
        .as("seed %d", seed)
        .isEqualTo(
            IntStream.range(0, labels.size())
                .boxed()
                .sorted(
                    Comparator.<Integer, TenantId>comparing(tenants::get)
                        .thenComparing(labels::get))
                .toList());
    for (int series = 0; series < labels.size(); series++) {
      assertThat(index.labels(series)).as("seed %d", seed).isEqualTo(labels.get(series));
      assertThat(find(index, tenants.get(series), labels.get(series)))
          .as("seed %d", seed)
          .isEqualTo(series);
    }
    assertThat(find(index, new TenantId("t0"), Labels.of("__name__", "unknown"))).isEqualTo(-1);
    assertThat(postings()).as("seed %d", seed).isEqualTo(expectedPostings());
  }

  @Test
  void takesSeriesOverFromAnotherGeneration() {
    for (int i = 0; i < 500; i++) {
      add(new TenantId("t" + random.nextInt(3)), randomLabels());
    }
    HeadIndex renewed = new HeadIndex(index.size(), index.pairs());
    ByteArena scratch = new ByteArena(16);
    for (int series = 0; series < index.size(); series += 3) {
      int number = renewed.add(index, series, scratch);
      assertThat(renewed.labels(number)).as("seed %d", seed).isEqualTo(labels.get(series));
      assertThat(renewed.find(index, series)).isEqualTo(number);
      assertThat(index.find(renewed, number)).isEqualTo(series);
    }
    assertThat(renewed.find(index, 1)).isEqualTo(-1);
  }

  private void add(TenantId tenant, Labels set) {
    LabelSetTable table = new LabelSetTable();
    table.add(set);
    int number = index.tenant(tenant);
    byte[] packed = table.arena().array();
    if (index.find(number, table.hash(0), packed, 0, table.arena().size()) < 0) {
      assertThat(index.add(number, table.hash(0), packed, 0, table.arena().size()))
          .isEqualTo(labels.size());
      tenants.add(tenant);
      labels.add(set);
    }
  }

  private static int find(HeadIndex index, TenantId tenant, Labels set) {
    LabelSetTable table = new LabelSetTable();
    table.add(set);
    int number = index.findTenant(tenant);
    return index.find(number, table.hash(0), table.arena().array(), 0, table.arena().size());
  }

  private Labels randomLabels() {
    Labels.Builder set = Labels.builder().set("__name__", "metric" + random.nextInt(40));
    set.set("env", "production");
    set.set("id", Integer.toString(random.nextInt(8_000)));
    if (random.nextInt(50) == 0) {
      set.set("long", "é".repeat(random.nextInt(1, 200)));
    }
    if (random.nextInt(2_000) == 0) {
      set.set("longer", "x".repeat(random.nextInt(10_000, 80_000)));
    }
    return set.build();
  }

  private Map<String, Set<Integer>> postings() {
    Map<String, Set<Integer>> postings = new HashMap<>();
    LabelPairs pairs = index.labelPairs();
    for (int tenant = 0; tenant < index.tenants(); tenant++) {
      for (int name = pairs.firstName(tenant); name >= 0; name = pairs.nextName(name)) {
        int count = 0;
        for (int pair = pairs.firstPair(name); pair >= 0; pair = pairs.nextPair(pair)) {
          RoaringBitmap series = new RoaringBitmap();
          index.addSeries(pair, series);
          TreeSet<Integer> ids = new TreeSet<>();
          series.forEach((int id) -> ids.add(id));
          assertThat(index.count(pair)).as("seed %d", seed).isEqualTo(ids.size());
          postings.put(key(index.tenantWith(tenant), pairs.name(name), index.value(pair)), ids);
          assertThat(pairs.findPair(name, index.value(pair))).isEqualTo(pair);
          count++;
        }
        assertThat(pairs.pairsOf(name)).isEqualTo(count);
      }
    }
    return postings;
  }

  private Map<String, Set<Integer>> expectedPostings() {
    Map<String, Set<Integer>> postings = new HashMap<>();
    for (int series = 0; series < labels.size(); series++) {
      int id = series;
      labels
          .get(series)
          .forEach((name, value) ->
              postings
                  .computeIfAbsent(key(tenants.get(id), name, value), k -> new TreeSet<>())
                  .add(id));
    }
    return postings;
  }

  private static String key(TenantId tenant, String name, String value) {
    return tenant.value() + "\n" + name + "\n" + value;
  }
}
