package io.ghostworks.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.journal.JournalFixture.TextHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A journal and its engine through appends, commits, flushes, restarts and losses of power, all by
 * one seed, beside the naive model of what must hold: acknowledged ⊆ readable ⊆ sent, in order,
 * over any number of restarts.
 */
final class JournalSimulation {
  final JournalFixture fixture;
  private final Random random;
  private final boolean losesPower;
  private final Set<String> sent = new HashSet<>();
  private final TreeMap<Long, String> acknowledged = new TreeMap<>();
  private @Nullable FileJournal journal;
  private long manifestSequence;
  private int nextText;
  private int restarts;

  /**
   * @param losesPower whether power is lost now and then; otherwise only the process dies
   */
  JournalSimulation(long seed, boolean losesPower) {
    this.fixture = new JournalFixture(seed);
    this.random = new Random(seed * 31 + 7);
    this.losesPower = losesPower;
  }

  int acknowledgedFrames() {
    return acknowledged.size();
  }

  int restarts() {
    return restarts;
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  /**
   * Ends the process by a last loss of power or death, starts it again without faults, and checks.
   */
  void finish() throws IOException {
    fixture.files.failNothing();
    die();
    restart();
    die();
    restart();
    JournalFixture.closeQuietly(journal);
  }

  private void step() {
    try {
      if (fixture.files.isPowerFailed()) {
        die();
      }
      if (journal == null) {
        restart();
      }
      act(journal);
    } catch (IOException e) {
      // A fault met the engine's own call: it goes on without, or the next step starts the process
      // again.
      if (fixture.files.isPowerFailed()) {
        die();
      }
    }
  }

  private void act(FileJournal running) throws IOException {
    int chance = random.nextInt(100);
    if (chance < 55) {
      append(running);
    } else if (chance < 85) {
      fixture.time.advance(Duration.ofMillis(random.nextInt(300)));
      running.drive();
    } else if (chance < 96) {
      running.drive();
      // The engine flushes a part of what it has, and its manifest with it.
      manifestSequence = Math.max(manifestSequence, running.appliedSequence() - random.nextInt(10));
      running.release(manifestSequence);
    } else if (chance < 98) {
      running.close();
      journal = null;
      fixture.files.killProcess();
    } else {
      die();
    }
  }

  private void append(FileJournal running) {
    int length =
        random.nextInt(10) == 0 ? random.nextInt(JournalFixture.PAGE - 20) : random.nextInt(3000);
    String text = nextText++ + "+" + length;
    sent.add(text);
    AppendOptions options =
        random.nextInt(4) == 0 ? AppendOptions.RIDING_ALONG : AppendOptions.AWAITED;
    var _ =
        running
            .append(
                JournalFixture.padded(text, length),
                sequence -> fixture.applied.put(sequence, text),
                options)
            .thenAccept(sequence -> acknowledge(sequence, text));
  }

  private void acknowledge(long sequence, String text) {
    assertThat(fixture.applied.get(sequence))
        .as("applied before it is acknowledged")
        .isEqualTo(text);
    assertThat(acknowledged.isEmpty() || acknowledged.lastKey() < sequence)
        .as("sequence %d rises", sequence)
        .isTrue();
    acknowledged.put(sequence, text);
  }

  private void die() {
    FileJournal dying = journal;
    journal = null;
    if (losesPower) {
      fixture.files.crash();
    } else {
      fixture.files.killProcess();
    }
    if (dying != null) {
      // Its files are gone already: this only gives back the memory.
      JournalFixture.closeQuietly(dying);
    }
  }

  private void restart() throws IOException {
    restarts++;
    Map<Long, String> readable = new TreeMap<>();
    FileJournal next = fixture.open();
    try {
      ReplaySummary summary = next.replay(manifestSequence, new TextHandler(readable));
      check(readable, summary);
    } catch (IOException | RuntimeException | AssertionError e) {
      JournalFixture.closeQuietly(next);
      throw e;
    }
    acknowledged.tailMap(manifestSequence + 1).clear();
    acknowledged.putAll(readable);
    fixture.applied.clear();
    fixture.applied.putAll(readable);
    journal = next;
  }

  private void check(Map<Long, String> readable, ReplaySummary summary) {
    if (fixture.files.isPowerFailed()) {
      return;
    }
    acknowledged
        .tailMap(manifestSequence + 1)
        .forEach((sequence, text) ->
            assertThat(readable.get(sequence)).as("frame %d", sequence).isEqualTo(text));
    assertThat(sent.containsAll(readable.values())).as("only what was sent is readable").isTrue();
    assertThat(summary.framesDamaged()).as("damaged frames: %s", summary.damaged()).isZero();
    long expected = manifestSequence;
    for (long sequence : readable.keySet()) {
      expected++;
      assertThat(sequence).as("sequences have no gaps").isEqualTo(expected);
    }
    assertThat(summary.lastSequence()).isEqualTo(expected);
  }
}
