package io.ghostworks.logql.pipeline;

import io.ghostworks.template.TemplateException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** What sprig does to texts byte by byte, as Go indexes them. */
final class ByteText {
  private ByteText() {}

  private static String of(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** The first bytes, or with a negative count the last. */
  static String trunc(long count, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (count < 0 && bytes.length + count > 0) {
      return of(bytes, (int) (bytes.length + count), bytes.length);
    }
    return count >= 0 && bytes.length > count ? of(bytes, 0, (int) count) : text;
  }

  /** From start to end; a negative start is the beginning, an end outside is the end. */
  static String substr(long start, long end, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long from = Math.max(0, start);
    long to = start >= 0 && (end < 0 || end > bytes.length) ? bytes.length : end;
    if (from > to || to > bytes.length || to < 0) {
      throw new TemplateException(
          "runtime error: slice bounds out of range [%d:%d]".formatted(from, to));
    }
    return of(bytes, (int) from, (int) to);
  }

  /** Padding may be missing; what is no base64 gives its message. */
  static String base64Decoded(String text) {
    int rest = text.length() % 4;
    String padded = rest == 0 || rest == 1 ? text : text + "=".repeat(4 - rest);
    String plain = padded.replace("\n", "").replace("\r", "");
    try {
      byte[] bytes = Base64.getDecoder().decode(plain);
      if (plain.length() % 4 == 0) {
        return of(bytes, 0, bytes.length);
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    return "illegal base64 data at input byte " + fault(padded);
  }

  private static int fault(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (!Character.isLetterOrDigit(bytes[i]) && "+/=\r\n".indexOf(bytes[i]) < 0) {
        return i;
      }
    }
    byte[] head = Arrays.copyOf(bytes, bytes.length);
    return Math.max(0, head.length - head.length % 4);
  }
}
