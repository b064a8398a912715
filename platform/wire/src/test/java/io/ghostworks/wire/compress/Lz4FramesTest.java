package io.ghostworks.wire.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.wire.WireFormatException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Lz4FramesTest {

  /** What lz4 1.9.4 makes of {@link #TEXT}: as it does by default, and with all it can add. */
  private static final String DEFAULT =
      "04224d186440a7100000006f68656c6c6f2006001250656c6c6f0a000000000e4471d0";

  private static final String FULL =
      "04224d187c403000000000000000cf100000006f68656c6c6f2006001250656c6c6f0aa7f4ec9c000000000e4471d0";

  private static final String TEXT = "hello ".repeat(7) + "hello\n";

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static byte[] decoded(byte[] body, int limitBytes) {
    return ContentCoding.LZ4.decode(body, 0, body.length, limitBytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {DEFAULT, FULL, "5a2a4d1803000000616263" + DEFAULT})
  void readsWhatLz4Writes(String hex) {
    assertThat(decoded(bytes(hex), 1_000)).asString().isEqualTo(TEXT);
    assertThat(decoded(bytes(hex + DEFAULT), 1_000)).asString().isEqualTo(TEXT + TEXT);
  }

  @Test
  void stopsAtTheLimitWhateverTheFrameSays() {
    for (String hex : new String[] {DEFAULT, FULL}) {
      assertThat(decoded(bytes(hex), TEXT.length())).hasSize(TEXT.length());
      assertThatThrownBy(() -> decoded(bytes(hex), TEXT.length() - 1))
          .isInstanceOf(BodyTooLargeException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void readsRandomFrames(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] text = new byte[random.nextInt(300_000)];
    int distinct = 2 + random.nextInt(20);
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) random.nextInt(distinct);
    }
    byte[] frame = frame(text, random);
    assertThat(decoded(frame, text.length)).as("seed %d", seed).isEqualTo(text);
  }

  @Test
  void namesDamageAndNeverFailsOtherwise() {
    byte[] whole = bytes(FULL);
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decoded(cut, 1_000))
          .isInstanceOf(WireFormatException.class)
          .hasMessageStartingWith("malformed lz4 body");
    }
    for (int i = 0; i < whole.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = whole.clone();
        flipped[i] ^= (byte) (1 << bit);
        assertThatThrownBy(() -> decoded(flipped, 1_000))
            .as("byte %d, bit %d", i, bit)
            .isInstanceOfAny(WireFormatException.class, BodyTooLargeException.class);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'',02cc5d05",
    "a,550d7456",
    "abc,32d153ff",
    "Nobody inspects the spammish repetition,e2293b2f"
  })
  void checksumsAreThoseOfXxh32(String text, String hash) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    assertThat(Xxh32.hash(bytes, 0, bytes.length)).isEqualTo((int) Long.parseLong(hash, 16));
  }

  /** A frame of blocks that depend on each other, by a naive search for matches. */
  private static byte[] frame(byte[] text, SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int32(out, 0x184d2204);
    byte[] descriptor = {0x44, 0x40};
    out.writeBytes(descriptor);
    out.write(Xxh32.hash(descriptor, 0, 2) >>> 8);
    for (int from = 0; from < text.length; ) {
      int to = Math.min(text.length, from + 1 + random.nextInt(65_536));
      byte[] block = random.nextInt(4) == 0 ? null : block(text, from, to, random);
      if (block != null && block.length <= 65_536) {
        int32(out, block.length);
        out.writeBytes(block);
      } else {
        int32(out, (to - from) | 1 << 31);
        out.write(text, from, to - from);
      }
      from = to;
    }
    int32(out, 0);
    int32(out, Xxh32.hash(text, 0, text.length));
    return out.toByteArray();
  }

  private static byte[] block(byte[] text, int from, int to, SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int literals = from;
    int at = from;
    while (at < to - 5) {
      int candidate = Math.max(0, at - 1 - random.nextInt(65_535));
      int length = 0;
      while (candidate < at
          && at + length < to - 5
          && text[candidate + length] == text[at + length]) {
        length++;
      }
      if (length < 4) {
        at++;
        continue;
      }
      token(out, text, literals, at - literals, length - 4);
      out.write(at - candidate);
      out.write((at - candidate) >>> 8);
      more(out, length - 4);
      at += length;
      literals = at;
    }
    token(out, text, literals, to - literals, 0);
    return out.toByteArray();
  }

  private static void token(
      ByteArrayOutputStream out, byte[] text, int from, int literals, int match) {
    out.write(Math.min(15, literals) << 4 | Math.min(15, match));
    more(out, literals);
    out.write(text, from, literals);
  }

  private static void more(ByteArrayOutputStream out, int length) {
    if (length >= 15) {
      int left = length - 15;
      for (; left >= 255; left -= 255) {
        out.write(255);
      }
      out.write(left);
    }
  }

  private static void int32(ByteArrayOutputStream out, int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(value >>> shift);
    }
  }
}
