package io.ghostworks.wire.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.wire.WireFormatException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentCodingTest {

  private static byte[] body(int length) {
    byte[] bytes = new byte[length];
    SplittableRandom random = new SplittableRandom(length);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(8);
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LZ4")
  void givesBackWhatWasEncoded(ContentCoding coding) {
    for (int length : new int[] {1, 100, 65_536, 300_000}) {
      byte[] body = body(length);
      byte[] encoded = coding.encode(body);
      assertThat(coding.decode(encoded, 0, encoded.length, length)).isEqualTo(body);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LZ4")
  void stopsAtTheLimit(ContentCoding coding) {
    byte[] encoded = coding.encode(new byte[1 << 20]);
    assertThatThrownBy(() -> coding.decode(encoded, 0, encoded.length, (1 << 20) - 1))
        .isInstanceOf(BodyTooLargeException.class);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LZ4")
  void holdsWhatItGivesBackAndAsksBeforeItGrows(ContentCoding coding) {
    byte[] body = body(300_000);
    byte[] encoded = coding.encode(body);
    Counted all = new Counted(Long.MAX_VALUE);
    assertThat(coding.decode(encoded, 0, encoded.length, 1 << 20, all)).isEqualTo(body);
    assertThat(all.held).isEqualTo(body.length);
    Counted little = new Counted(150_000);
    assertThatThrownBy(() -> coding.decode(encoded, 0, encoded.length, 1 << 20, little))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
    assertThat(little.held).isLessThanOrEqualTo(150_000);
  }

  private static final class Counted implements ContentCoding.Memory {
    private final long limit;
    private long held;

    private Counted(long limit) {
      this.limit = limit;
    }

    @Override
    public void reserve(long bytes) {
      if (held + bytes > limit) {
        throw new IllegalStateException("enough");
      }
      held += bytes;
    }

    @Override
    public void release(long bytes) {
      held -= bytes;
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LZ4")
  void namesDamage(ContentCoding coding) {
    if (coding == ContentCoding.IDENTITY) {
      return;
    }
    byte[] encoded = coding.encode(body(10_000));
    for (int length = 0; length < encoded.length; length += 97) {
      int cut = length;
      assertThatThrownBy(() -> coding.decode(encoded, 0, cut, 10_000))
          .as("%s cut at %d", coding, cut)
          .isInstanceOf(WireFormatException.class);
    }
  }

  @Test
  void readsBareDeflateToo() throws Exception {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try (var deflate =
        new java.util.zip.DeflaterOutputStream(out, new java.util.zip.Deflater(6, true))) {
      deflate.write(body(500));
    }
    byte[] raw = out.toByteArray();
    assertThat(ContentCoding.DEFLATE.decode(raw, 0, raw.length, 500)).isEqualTo(body(500));
  }

  @Test
  void doesNotBelieveASnappyHeader() {
    byte[] lie = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0x7f, 0, 0};
    assertThatThrownBy(() -> ContentCoding.SNAPPY.decode(lie, 0, lie.length, Integer.MAX_VALUE))
        .isInstanceOf(WireFormatException.class);
  }

  @Test
  void isFoundByItsToken() {
    assertThat(ContentCoding.find(null)).contains(ContentCoding.IDENTITY);
    assertThat(ContentCoding.find("GZIP")).contains(ContentCoding.GZIP);
    assertThat(ContentCoding.find("br")).isEmpty();
    assertThat(ContentCoding.find("gzip, gzip")).isEmpty();
  }
}
