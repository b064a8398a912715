package io.ghostworks.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.label.Labels;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupSlotsTest {

  @Test
  void hashesWithThePublishedFunction() {
    byte[] abc = "abc".getBytes(StandardCharsets.UTF_8);
    assertThat(Hashing.xxh64().hashBytesToLong(abc, 0, 3)).isEqualTo(0x44BC2CF5AD770999L);
    byte[] packed = "\1a\1b".getBytes(StandardCharsets.UTF_8);
    assertThat(GroupSlots.hash(Labels.of("a", "b")))
        .isEqualTo(Hashing.xxh64().hashBytesToLong(packed, 0, packed.length));
  }

  @Test
  void aSlotIsAtMostOneIntervalBackAndKeepsItsOffset() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long interval = 1 + random.nextLong(600_000_000_000L);
      GroupSlots slots = new GroupSlots("f" + i, "g", interval);
      long now = 1_700_000_000_000_000_000L + random.nextLong(1_000_000_000_000L);
      long slot = slots.atOrBefore(now);
      assertThat(now - slot).isBetween(0L, interval - 1);
      assertThat(slots.atOrBefore(slot)).isEqualTo(slot);
      assertThat(slots.atOrBefore(slot - 1)).isEqualTo(slot - interval);
      assertThat(slots.atOrBefore(now + interval)).isEqualTo(slot + interval);
    }
  }
}
