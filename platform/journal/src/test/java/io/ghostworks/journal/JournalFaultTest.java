package io.ghostworks.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.storage.file.SimulatedFault;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * acknowledged ⊆ readable ⊆ sent, whichever call fails in whichever way. A failed seed stands in
 * the message.
 */
class JournalFaultTest {
  private static final int SCRIPT_STEPS = 250;

  @ParameterizedTest
  @EnumSource(SimulatedFault.class)
  void keepsWhatWasAcknowledgedWhicheverCallFails(SimulatedFault fault) throws IOException {
    JournalSimulation undisturbed = new JournalSimulation(11, true);
    undisturbed.run(SCRIPT_STEPS);
    long calls = undisturbed.fixture.files.calls();
    assertThat(calls).isGreaterThan(150);
    assertThat(undisturbed.acknowledgedFrames()).isGreaterThan(50);
    for (long call = 1; call <= calls; call++) {
      JournalSimulation simulation = new JournalSimulation(11, true);
      simulation.fixture.files.failCall(call, fault);
      run(simulation, SCRIPT_STEPS, "%s at call %d".formatted(fault, call));
    }
  }

  @Test
  void keepsWhatWasAcknowledgedOverManyFaultsAndLossesOfPower() throws IOException {
    runSeeds(1, 80);
  }

  @Test
  @Tag("long")
  void keepsWhatWasAcknowledgedOverVeryManyFaultsAndLossesOfPower() throws IOException {
    runSeeds(1_000, 20_000);
  }

  @Test
  void withAnIntervalKeepsWhatWasAcknowledgedWhenTheProcessDies() throws IOException {
    for (long seed = 1; seed <= 25; seed++) {
      JournalSimulation simulation = new JournalSimulation(seed, false);
      simulation.fixture.options =
          simulation.fixture.options.withDurability(
              new Durability.Interval(Duration.ofMillis(100)));
      run(simulation, 400, "seed " + seed);
    }
  }

  private static void runSeeds(long firstSeed, int count) throws IOException {
    long first = Long.getLong("ghostworks.seed", firstSeed);
    int seeds = Long.getLong("ghostworks.seed") == null ? count : 1;
    int restarts = 0;
    for (long seed = first; seed < first + seeds; seed++) {
      JournalSimulation simulation = new JournalSimulation(seed, true);
      SimulatedFault[] faults = SimulatedFault.values();
      Random random = new Random(seed);
      for (long call = random.nextInt(60); call < 2_000; call += 1 + random.nextInt(120)) {
        simulation.fixture.files.failCall(call, faults[random.nextInt(faults.length)]);
      }
      run(simulation, 400, "seed " + seed);
      restarts += simulation.restarts();
    }
    assertThat(restarts).isGreaterThan(3 * seeds);
  }

  private static void run(JournalSimulation simulation, int steps, String which)
      throws IOException {
    try {
      simulation.run(steps);
      simulation.finish();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "failed with %s: %s; calls: %s".formatted(which, e, lastCalls(simulation)), e);
    }
  }

  private static String lastCalls(JournalSimulation simulation) {
    var log = simulation.fixture.files.log();
    return String.join("; ", log.subList(Math.max(0, log.size() - 200), log.size()));
  }
}
