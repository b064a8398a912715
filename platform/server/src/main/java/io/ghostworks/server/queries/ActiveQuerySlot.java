package io.ghostworks.server.queries;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.AskedQuery;
import io.ghostworks.query.RunningQuery;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What one slot of {@link ActiveQueryFile} says of a query.
 *
 * @param strikes at how many unclean stops in succession it ran; 0 while it runs for the first time
 * @param refusedUntilMs until when it is refused, in milliseconds since the epoch; 0 if it is not
 * @param text its beginning, as far as there was room
 */
record ActiveQuerySlot(
    State state,
    boolean rule,
    int strikes,
    long refusedUntilMs,
    long startedEpochMs,
    QueryFingerprint fingerprint,
    TenantId tenant,
    String language,
    String text) {

  private static final int NAME_BYTES_MAX = 64;

  /** Why a slot is taken; the ordinal plus one is stored. */
  enum State {
    RUNNING,
    REMEMBERED
  }

  static ActiveQuerySlot running(RunningQuery query, QueryFingerprint fingerprint) {
    AskedQuery asked = query.asked();
    return new ActiveQuerySlot(
        State.RUNNING,
        asked.kind() == AskedQuery.Kind.RULE,
        0,
        0,
        query.startedEpochMs(),
        fingerprint,
        asked.tenant(),
        asked.language(),
        asked.text());
  }

  ActiveQuerySlot remembered(int newStrikes, long untilMs) {
    return new ActiveQuerySlot(
        State.REMEMBERED,
        rule,
        newStrikes,
        untilMs,
        startedEpochMs,
        fingerprint,
        tenant,
        language,
        text);
  }

  /** The slot's content, of at most so many bytes. */
  @SuppressWarnings("EnumOrdinal") // a state's number in the file; new ones are added at the end
  byte[] encode(int bytesMax) {
    byte[] tenantBytes = cut(tenant.value(), NAME_BYTES_MAX);
    byte[] languageBytes = cut(language, NAME_BYTES_MAX);
    int fixed =
        2 + 4 + 8 + 8 + QueryFingerprint.BYTES + 2 + tenantBytes.length + languageBytes.length;
    byte[] textBytes = cut(text, bytesMax - fixed);
    return ByteBuffer.allocate(fixed + textBytes.length)
        .put((byte) (state.ordinal() + 1))
        .put((byte) (rule ? 1 : 0))
        .putInt(strikes)
        .putLong(refusedUntilMs)
        .putLong(startedEpochMs)
        .put(fingerprint.bytes())
        .put((byte) tenantBytes.length)
        .put(tenantBytes)
        .put((byte) languageBytes.length)
        .put(languageBytes)
        .put(textBytes)
        .array();
  }

  /** Reads a slot's content; empty if it is none. */
  static Optional<ActiveQuerySlot> decode(byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    try {
      int state = in.get() - 1;
      if (state < 0 || state >= State.values().length) {
        return Optional.empty();
      }
      boolean rule = in.get() == 1;
      int strikes = in.getInt();
      long until = in.getLong();
      long started = in.getLong();
      byte[] fingerprint = new byte[QueryFingerprint.BYTES];
      in.get(fingerprint);
      String tenant = text(in, in.get());
      String language = text(in, in.get());
      String text = text(in, in.remaining());
      if (!TenantId.isValid(tenant) || strikes < 0) {
        return Optional.empty();
      }
      return Optional.of(
          new ActiveQuerySlot(
              State.values()[state],
              rule,
              strikes,
              until,
              started,
              new QueryFingerprint(HexFormat.of().formatHex(fingerprint)),
              new TenantId(tenant),
              language,
              text));
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      return Optional.empty(); // written by something else
    }
  }

  private static String text(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The beginning of a text that fits, never half a character. */
  private static byte[] cut(String text, int bytesMax) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(bytes.length, bytesMax);
    while (end < bytes.length && end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }
}
