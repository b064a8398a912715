package io.ghostworks.alertmanager.deliver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * JSON as it is stored: as it is where it is short, otherwise in zlib's format (RFC 1950), whose
 * first byte no JSON begins with. Versions before compression wrote JSON as it is.
 */
final class PackedText {
  private static final int SHORT_BYTES_MAX = 1 << 10;

  /** More than any notification has: 150,000 alerts of about 7 KiB. */
  private static final int BYTES_MAX = 1 << 30;

  private static final int ZLIB = 0x78;

  private PackedText() {}

  static byte[] pack(byte[] json) {
    if (json.length <= SHORT_BYTES_MAX) {
      return json;
    }
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(json);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(json.length / 4);
      byte[] buffer = new byte[16 << 10];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    }
  }

  /**
   * @throws IOException if the bytes are damaged
   */
  static byte[] unpack(byte[] packed) throws IOException {
    if (packed.length == 0 || packed[0] != ZLIB) {
      return packed;
    }
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(packed);
      ByteArrayOutputStream out = new ByteArrayOutputStream(packed.length * 4);
      byte[] buffer = new byte[16 << 10];
      while (!inflater.finished()) {
        int bytes = inflater.inflate(buffer);
        if (bytes == 0 || out.size() + bytes > BYTES_MAX) {
          throw new IOException("the compressed text ends early, or is too long");
        }
        out.write(buffer, 0, bytes);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IOException("the compressed text is damaged: " + e.getMessage(), e);
    }
  }
}
