package io.ghostworks.storage.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void givesBackRandomValuesOfEveryKind() throws DamagedDataException {
    long seed = Long.getLong("ghostworks.seed", 3);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      BytesOutput out = new BytesOutput(1, 1 << 20);
      List<Integer> kinds = new ArrayList<>();
      List<Long> values = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int kind = random.nextInt(8);
        long value = random.nextLong() >> random.nextInt(64);
        kinds.add(kind);
        values.add(value);
        put(out, kind, value);
      }
      BytesInput in = new BytesInput(out.toByteArray());
      for (int i = 0; i < kinds.size(); i++) {
        assertSame(in, kinds.get(i), values.get(i), seed);
      }
      assertThat(in.remaining()).isZero();
    }
  }

  @Test
  void writesFixedWidthsInLittleEndianAndVarintsAsLeb128() {
    BytesOutput out = new BytesOutput(16, 64);
    out.putInt(0x01020304);
    out.putShort(0x0506);
    out.putVarint(300);
    out.putZigzag(-1);
    assertThat(out.toByteArray()).containsExactly(4, 3, 2, 1, 6, 5, 0xAC, 2, 1);
    out.setInt(0, 0);
    assertThat(out.toByteArray()).startsWith(0, 0, 0, 0, 6);
  }

  @Test
  void knowsTheLengthOfEveryVarint() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >>> random.nextInt(64);
      BytesOutput out = new BytesOutput(10, 10);
      out.putVarint(value);
      assertThat(BytesOutput.varintBytes(value)).as("value %d", value).isEqualTo(out.position());
    }
    assertThat(BytesOutput.varintBytes(0)).isEqualTo(1);
    assertThat(BytesOutput.varintBytes(-1)).isEqualTo(10);
  }

  @Test
  void refusesMoreThanItsLimitAndKeepsWhatWasThere() {
    BytesOutput out = new BytesOutput(2, 5);
    out.putInt(1);
    assertThatThrownBy(() -> out.putInt(2))
        .isInstanceOf(BytesLimitException.class)
        .hasMessageContaining("5 bytes");
    out.putByte(9);
    assertThat(out.position()).isEqualTo(5);
    out.truncate(4);
    assertThat(out.toByteArray()).containsExactly(1, 0, 0, 0);
    assertThatThrownBy(() -> out.truncate(5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neverReadsOutsideItsRangeNorAllocatesForImpossibleLengths() {
    BytesOutput out = new BytesOutput(16, 64);
    out.putVarint(Integer.MAX_VALUE);
    out.putByte(1);
    byte[] bytes = out.toByteArray();
    assertThatThrownBy(() -> new BytesInput(bytes).getString())
        .isInstanceOf(DamagedDataException.class);
    assertThatThrownBy(() -> new BytesInput(bytes).getLengthAndBytes())
        .isInstanceOf(DamagedDataException.class);
    assertThatThrownBy(() -> new BytesInput(bytes, 2, 3).getInt())
        .isInstanceOf(DamagedDataException.class);
    byte[] endless = new byte[12];
    Arrays.fill(endless, (byte) 0xFF);
    assertThatThrownBy(() -> new BytesInput(endless).getVarint())
        .isInstanceOf(DamagedDataException.class)
        .hasMessageContaining("64 bits");
  }

  @Test
  void survivesRandomBytes() {
    Random random = new Random(8);
    for (int i = 0; i < 5_000; i++) {
      byte[] noise = new byte[random.nextInt(40)];
      random.nextBytes(noise);
      BytesInput in = new BytesInput(noise);
      try {
        while (in.remaining() > 0) {
          switch (random.nextInt(4)) {
            case 0 -> in.getVarint();
            case 1 -> in.getString();
            case 2 -> in.getLengthAndBytes();
            default -> in.getZigzag();
          }
        }
      } catch (DamagedDataException e) {
        assertThat(e).hasMessageContaining("offset");
      }
    }
  }

  @Test
  void matchesThePublishedChecksumAndDependsOnItsSeed() {
    // The check value of CRC-32C for the digits 1 to 9, as RFC 3720 and the CRC catalogue give it.
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    Crc32c crc = new Crc32c();
    assertThat(crc.of(digits, 0, digits.length)).isEqualTo(0xE3069283);
    assertThat(crc.of(1, digits, 0, digits.length))
        .isNotEqualTo(crc.of(2, digits, 0, digits.length));
    crc.begin();
    crc.update(digits, 0, 4);
    crc.update(ByteBuffer.wrap(digits, 4, 5));
    assertThat(crc.value()).isEqualTo(0xE3069283);
  }

  private static void put(BytesOutput out, int kind, long value) {
    switch (kind) {
      case 0 -> out.putByte((int) value);
      case 1 -> out.putShort((int) value);
      case 2 -> out.putInt((int) value);
      case 3 -> out.putLong(value);
      case 4 -> out.putVarint(value);
      case 5 -> out.putZigzag(value);
      case 6 -> out.putDouble(Double.longBitsToDouble(value));
      default -> out.putString("text ü " + value);
    }
  }

  private static void assertSame(BytesInput in, int kind, long value, long seed)
      throws DamagedDataException {
    switch (kind) {
      case 0 -> assertThat(in.getByte()).as("seed %d", seed).isEqualTo((int) value & 0xFF);
      case 1 -> assertThat(in.getShort()).as("seed %d", seed).isEqualTo((int) value & 0xFFFF);
      case 2 -> assertThat(in.getInt()).as("seed %d", seed).isEqualTo((int) value);
      case 3 -> assertThat(in.getLong()).as("seed %d", seed).isEqualTo(value);
      case 4 -> assertThat(in.getVarint()).as("seed %d", seed).isEqualTo(value);
      case 5 -> assertThat(in.getZigzag()).as("seed %d", seed).isEqualTo(value);
      case 6 ->
          assertThat(Double.doubleToRawLongBits(in.getDouble()))
              .as("seed %d", seed)
              .isEqualTo(Double.doubleToRawLongBits(Double.longBitsToDouble(value)));
      default -> assertThat(in.getString()).as("seed %d", seed).isEqualTo("text ü " + value);
    }
  }
}
