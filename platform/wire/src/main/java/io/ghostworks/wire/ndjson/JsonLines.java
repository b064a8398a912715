package io.ghostworks.wire.ndjson;

import io.ghostworks.model.Rejection.Reason;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.RejectionTally;
import io.ghostworks.wire.WireFormatException;

/** Reads newline-delimited JSON; a line that is no object is refused by itself. */
public final class JsonLines {
  private static final int ROWS_MAX = 1_000_000;

  private JsonLines() {}

  /**
   * Reads a request.
   *
   * @param nowNanos the time of records that have none, since the epoch
   */
  public static Decoded<LogBatch> read(
      byte[] body, int offset, int length, JsonLineOptions options, long nowNanos) {
    JsonRecords records = new JsonRecords(options, nowNanos);
    RejectionTally rejections = new RejectionTally();
    int end = offset + length;
    int number = 0;
    for (int at = offset; at < end; ) {
      int lineEnd = lineEnd(body, at, end);
      int line = ++number;
      if (!isBlank(body, at, lineEnd)) {
        try {
          if (records.batch().rows() >= ROWS_MAX) {
            rejections.add(
                Reason.LIMIT_EXCEEDED,
                () -> "a request may have at most %d lines".formatted(ROWS_MAX));
          } else {
            records.add(body, at, lineEnd, "");
          }
        } catch (WireFormatException e) {
          rejections.add(Reason.INVALID_ROW, () -> "line %d: %s".formatted(line, e.getMessage()));
        }
      }
      at = lineEnd + 1;
    }
    return new Decoded<>(records.batch(), rejections.toList());
  }

  static int lineEnd(byte[] body, int from, int end) {
    int at = from;
    while (at < end && body[at] != '\n') {
      at++;
    }
    return at;
  }

  static boolean isBlank(byte[] body, int from, int end) {
    for (int at = from; at < end; at++) {
      if (body[at] != ' ' && body[at] != '\r' && body[at] != '\t') {
        return false;
      }
    }
    return true;
  }
}
