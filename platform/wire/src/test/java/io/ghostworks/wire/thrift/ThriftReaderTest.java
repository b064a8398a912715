package io.ghostworks.wire.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.wire.WireFormatException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThriftReaderTest {

  private static ThriftReader reader(boolean compact, byte[] bytes) {
    return compact
        ? new CompactThriftReader(bytes, 0, bytes.length)
        : new BinaryThriftReader(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsWhatItKnowsAndSkipsTheRest(boolean compact) {
    byte[] bytes =
        new ThriftWriter(compact)
            .begin()
            .text(1, "skipped")
            .structs(2, 1)
            .begin()
            .bool(1, true)
            .real(2, 1.5)
            .end()
            .i64(40, Long.MIN_VALUE)
            .bool(41, true)
            .real(42, -0.25)
            .i16(43, -3)
            .end()
            .bytes();
    ThriftReader reader = reader(compact, bytes);
    reader.enter();
    long whole = 0;
    boolean bool = false;
    double real = 0;
    int small = 0;
    while (reader.next()) {
      switch (reader.key()) {
        case 40 << 4 | ThriftReader.I64 -> whole = reader.i64();
        case 41 << 4 | ThriftReader.BOOL -> bool = reader.bool();
        case 42 << 4 | ThriftReader.DOUBLE -> real = reader.float64();
        case 43 << 4 | ThriftReader.I16 -> small = reader.i16();
        default -> reader.skip();
      }
    }
    reader.leave();
    assertThat(whole).isEqualTo(Long.MIN_VALUE);
    assertThat(bool).isTrue();
    assertThat(real).isEqualTo(-0.25);
    assertThat(small).isEqualTo(-3);
    assertThat(reader.position()).isEqualTo(bytes.length);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesCountsAndLengthsBeyondTheBytesThatAreLeft(boolean compact) {
    byte[] list =
        new ThriftWriter(compact).begin().structs(1, Integer.MAX_VALUE).raw(1, 2, 3).bytes();
    assertThatThrownBy(() -> skipped(compact, list)).isInstanceOf(WireFormatException.class);
    byte[] text =
        new ThriftWriter(compact)
            .begin()
            .field(1, ThriftReader.STRING)
            .raw(0x7f, 0xff, 0xff, 0xff, 1)
            .bytes();
    assertThatThrownBy(() -> skipped(compact, text)).isInstanceOf(WireFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesWhatIsNestedTooDeep(boolean compact) {
    ThriftWriter writer = new ThriftWriter(compact).begin();
    for (int depth = 0; depth < 1_000; depth++) {
      writer.field(1, ThriftReader.STRUCT).begin();
    }
    byte[] bytes = writer.bytes();
    assertThatThrownBy(() -> skipped(compact, bytes))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("64 deep");
  }

  private static void skipped(boolean compact, byte[] bytes) {
    reader(compact, bytes).skip(ThriftReader.STRUCT);
  }
}
