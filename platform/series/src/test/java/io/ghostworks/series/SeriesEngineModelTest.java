package io.ghostworks.series;

import static io.ghostworks.series.EngineFixture.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random work with crashes against a naive map: what was acknowledged is readable, and what is
 * readable was sent. The seed is the parameter.
 */
class SeriesEngineModelTest {
  private static final List<SimulatedFault> FAULTS = List.of(SimulatedFault.values());
  private static final List<TenantId> TENANTS = List.of(new TenantId("a"), new TenantId("b"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void keepsWhatItAcknowledged(long seed) throws IOException {
    new Simulation(seed).run(400);
  }

  private static final class Simulation {
    private final EngineFixture fixture;
    private final Random random;
    private final Map<Key, Long> acknowledged = new HashMap<>();
    private final Map<Key, List<Long>> sent = new HashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private final long seed;

    Simulation(long seed) {
      this.seed = seed;
      fixture = new EngineFixture(seed);
      random = new Random(seed);
    }

    void run(int steps) throws IOException {
      fixture.open();
      for (int step = 0; step < steps; step++) {
        try {
          step();
        } catch (IOException e) {
          crash();
        }
        if (fixture.files.isPowerFailed()) {
          crash();
        }
      }
      fixture.files.failNothing();
      crash();
      check();
    }

    private void step() throws IOException {
      int choice = random.nextInt(100);
      if (choice < 60) {
        offer();
      } else if (choice < 75) {
        drive();
      } else if (choice < 82) {
        fixture.engine.flush();
      } else if (choice < 88) {
        fixture.engine.merge();
      } else if (choice < 94) {
        fixture.time.advance(Duration.ofSeconds(random.nextInt(600)));
      } else if (choice < 97) {
        check();
      } else if (choice < 98) {
        crash();
      } else {
        fixture.files.failCall(
            fixture.files.calls() + 1 + random.nextInt(40),
            FAULTS.get(random.nextInt(FAULTS.size())));
      }
    }

    private void offer() {
      TenantId tenant = TENANTS.get(random.nextInt(TENANTS.size()));
      SeriesBatch batch = new SeriesBatch("");
      List<Key> keys = new ArrayList<>();
      List<Long> values = new ArrayList<>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        Labels labels = Labels.of("__name__", "m" + random.nextInt(3), "i", "" + random.nextInt(6));
        long time = fixture.time.epochMs() - random.nextInt(12) * 100_000L;
        long bits = Double.doubleToRawLongBits(random.nextInt(2));
        batch.addBits(batch.sets().add(labels), time, bits);
        keys.add(new Key(tenant, labels, time));
        values.add(bits);
      }
      for (int i = 0; i < keys.size(); i++) {
        sent.computeIfAbsent(keys.get(i), key -> new ArrayList<>()).add(values.get(i));
      }
      pending.add(new Pending(keys, values, fixture.engine.offer(tenant, batch)));
    }

    private void drive() {
      fixture.journal.drive();
      for (Pending one : pending) {
        if (one.answer.isDone() && !one.answer.isCompletedExceptionally()) {
          Acknowledgement answer = one.answer.join();
          assertThat(answer.acceptedRows() + answer.rejectedRows()).isEqualTo(one.keys.size());
          if (answer.rejections().isEmpty()) {
            for (int i = 0; i < one.keys.size(); i++) {
              acknowledged.put(one.keys.get(i), one.values.get(i));
            }
          }
        }
      }
      pending.clear();
    }

    private void crash() throws IOException {
      fixture.files.failNothing();
      fixture.files.crash();
      pending.clear();
      try {
        fixture.engine.close();
      } catch (IOException | RuntimeException e) {
        // The handles of the power cycle before are dead; only the memory is of interest.
      }
      fixture.open();
    }

    private void check() {
      for (TenantId tenant : TENANTS) {
        Map<Labels, Map<Long, Long>> read = fixture.read(tenant);
        read.forEach((labels, samples) ->
            samples.forEach((time, bits) ->
                assertThat(sent.get(new Key(tenant, labels, time)))
                    .as("seed %d: %s %s at %d was sent", seed, tenant, labels, time - START_MS)
                    .contains(bits)));
        acknowledged.forEach((key, bits) -> {
          if (key.tenant.equals(tenant)) {
            assertThat(read.getOrDefault(key.labels, new TreeMap<>()))
                .as("seed %d: %s at %d is readable", seed, key, key.timestampMs - START_MS)
                .containsEntry(key.timestampMs, bits);
          }
        });
        assertThat(List.copyOf(read.keySet())).isEqualTo(read.keySet().stream().sorted().toList());
      }
    }
  }

  private record Key(TenantId tenant, Labels labels, long timestampMs) {}

  private record Pending(
      List<Key> keys, List<Long> values, CompletableFuture<Acknowledgement> answer) {}
}
