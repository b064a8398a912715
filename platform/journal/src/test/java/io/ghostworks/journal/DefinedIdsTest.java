package io.ghostworks.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefinedIdsTest {
  @Test
  void agreesWithASetOverFramesThatAreForgotten() {
    long seed = Long.getLong("ghostworks.seed", 42);
    Random random = new Random(seed);
    DefinedIds ids = new DefinedIds();
    Set<Long> defined = new HashSet<>();
    for (int frame = 0; frame < 2_000; frame++) {
      ids.beginFrame();
      Set<Long> inFrame = new HashSet<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        long id = random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(5_000) - 100;
        boolean first = !defined.contains(id) && inFrame.add(id);
        assertThat(ids.define(id)).as("seed %d, frame %d, id %d", seed, frame, id).isEqualTo(first);
      }
      if (random.nextInt(3) == 0) {
        ids.forgetFrame();
      } else {
        defined.addAll(inFrame);
      }
      if (random.nextInt(300) == 0) {
        ids.clear();
        defined.clear();
      }
    }
  }
}
