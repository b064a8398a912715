package io.ghostworks.alertmanager.alert;

import com.dynatrace.hash4j.hashing.Hashing;
import io.ghostworks.model.label.Labels;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The hashes by which Prometheus and Alertmanager know label sets. */
public final class Fingerprint {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final int SEPARATOR = 0xff;

  private Fingerprint() {}

  /** The FNV-1a fingerprint as 16 hexadecimal digits ({@code model.LabelSet.Fingerprint}). */
  public static String of(Labels labels) {
    long hash = FNV_OFFSET;
    for (byte b : separated(labels)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return "%016x".formatted(hash);
  }

  /** The xxHash64 that the notification log keeps ({@code notify.hashAlert}). */
  public static long logged(Labels labels) {
    byte[] bytes = separated(labels);
    return Hashing.xxh64().hashBytesToLong(bytes, 0, bytes.length);
  }

  private static byte[] separated(Labels labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    labels.forEach((name, value) -> {
      out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
      out.write(SEPARATOR);
      out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
      out.write(SEPARATOR);
    });
    return out.toByteArray();
  }
}
