package io.ghostworks.alertmanager.receiver;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Fields as {@code application/x-www-form-urlencoded}, sorted by name and escaped as Go does. */
final class FormFields {

  private static final String PLAIN = "-_.~";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final Map<String, byte[]> fields = new TreeMap<>();

  FormFields put(String name, String value) {
    return put(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A value that need not be whole in UTF-8. */
  FormFields put(String name, byte[] value) {
    fields.put(name, value);
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fields.forEach((name, value) -> {
      if (out.size() > 0) {
        out.write('&');
      }
      escape(name.getBytes(StandardCharsets.UTF_8), out);
      out.write('=');
      escape(value, out);
    });
    return out.toByteArray();
  }

  @Override
  public String toString() {
    return new String(bytes(), StandardCharsets.US_ASCII);
  }

  private static void escape(byte[] bytes, ByteArrayOutputStream out) {
    for (byte b : bytes) {
      if (b == ' ') {
        out.write('+');
      } else if (isPlain(b)) {
        out.write(b);
      } else {
        out.write('%');
        out.write(HEX[(b >> 4) & 0xf]);
        out.write(HEX[b & 0xf]);
      }
    }
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || (b > 0 && PLAIN.indexOf(b) >= 0);
  }
}
