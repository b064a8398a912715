package io.ghostworks.query.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TraceKeyTest {

  @Test
  void readsUpTo32HexadecimalDigits() {
    assertThat(TraceKey.ofHex("0af7651916cd43dd8448eb211c80319C"))
        .contains(new TraceKey(0x0af7651916cd43ddL, 0x8448eb211c80319cL));
    assertThat(TraceKey.ofHex("1f")).contains(new TraceKey(0, 0x1f));
    assertThat(TraceKey.ofHex("1" + "0".repeat(16))).contains(new TraceKey(1, 0));
  }

  @Test
  void takesNothingElseForAnId() {
    for (String text : new String[] {"", "+1", "1+" + "0".repeat(15), "0x1", "１", "0".repeat(33)}) {
      assertThat(TraceKey.ofHex(text)).as(text).isEmpty();
    }
  }

  @Test
  void takesOnlyWhatItWritesForAWholeId() {
    String id = "0af7651916cd43dd8448eb211c80319c";
    assertThat(TraceKey.ofWholeHex(id)).map(TraceKey::hex).contains(id);
    assertThat(TraceKey.ofWholeHex(id.toUpperCase(Locale.ROOT))).isEmpty();
    assertThat(TraceKey.ofWholeHex(id.substring(1))).isEmpty();
  }

  @Test
  void readsBackWhatItWrites() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      long high = i % 3 == 0 ? 0 : random.nextLong() >>> (i % 64);
      TraceKey id = new TraceKey(high, random.nextLong() >>> (i % 64));
      assertThat(TraceKey.ofHex(id.hex())).contains(id);
      assertThat(TraceKey.ofHex(id.shortHex())).contains(id);
      assertThat(id.shortHex()).isEqualTo(id.hex().replaceFirst("^0{1,31}", ""));
    }
  }
}
