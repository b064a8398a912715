package io.ghostworks.storage.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ZstdFramesTest {

  @Test
  void givesBackWhatWasPackedOnThreadsOfBothKinds() throws Exception {
    roundTrips();
    FutureTask<Boolean> task = new FutureTask<>(ZstdFramesTest::roundTrips);
    Thread.ofVirtual().start(task);
    assertThat(task.get()).isTrue();
  }

  private static boolean roundTrips() throws DamagedDataException {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[10 + random.nextInt(20_000)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ('0' + random.nextInt(10));
      }
      int from = random.nextInt(5);
      byte[] packed = ZstdFrames.pack(bytes, from, bytes.length - from);
      assertThat(ZstdFrames.unpack(packed, 0, packed.length, bytes.length - from))
          .isEqualTo(Arrays.copyOfRange(bytes, from, bytes.length));
    }
    return true;
  }

  @Test
  void tellsWhatIsNoFrameAndGoesOn() throws Exception {
    byte[] packed = ZstdFrames.pack(new byte[5_000], 0, 5_000);
    byte[] damaged = packed.clone();
    damaged[0] ^= 1;
    assertThatThrownBy(() -> ZstdFrames.unpack(damaged, 0, damaged.length, 5_000))
        .isInstanceOf(DamagedDataException.class);
    assertThatThrownBy(() -> ZstdFrames.unpack(packed, 0, packed.length, 4_999))
        .isInstanceOf(DamagedDataException.class);
    assertThatThrownBy(() -> ZstdFrames.unpack(packed, 0, packed.length, 5_001))
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining("5001");
    assertThat(ZstdFrames.unpack(packed, 0, packed.length, 5_000)).isEqualTo(new byte[5_000]);
  }
}
