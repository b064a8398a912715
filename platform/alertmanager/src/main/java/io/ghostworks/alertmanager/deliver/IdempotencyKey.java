package io.ghostworks.alertmanager.deliver;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * By what a receiver can tell that it got a notification twice: equal for all tries of one, also
 * after a restart, and different for every other. Made of the integration, the group, its state
 * (which alerts fire and which are over) and the epoch: when the integration was told of the group
 * last.
 */
final class IdempotencyKey {
  private static final int BYTES = 16;

  private IdempotencyKey() {}

  static String of(
      String integration, String groupKey, long[] firing, long[] resolved, long epochNanos) {
    MessageDigest digest = sha256();
    text(digest, integration);
    text(digest, groupKey);
    numbers(digest, firing);
    numbers(digest, resolved);
    numbers(digest, new long[] {epochNanos});
    return hex(digest);
  }

  static String ofTexts(String... texts) {
    MessageDigest digest = sha256();
    for (String text : texts) {
      text(digest, text);
    }
    return hex(digest);
  }

  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static void numbers(MessageDigest digest, long[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + numbers.length * Long.BYTES).putInt(numbers.length);
    for (long number : numbers) {
      bytes.putLong(number);
    }
    digest.update(bytes.array());
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
