package io.ghostworks.server.loki;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The entries of one push that were refused for good, in the words of Loki's distributor. */
final class PushRefusals {

  private PushRefusals() {}

  /** What decoding and the store refused. */
  static List<Rejection> all(List<Rejection> decoding, Acknowledgement stored) {
    List<Rejection> all = new ArrayList<>(decoding);
    all.addAll(stored.rejections());
    return all;
  }

  /** 429 where the limit of streams was reached, which may be otherwise later; else 400. */
  static int status(List<Rejection> rejections) {
    return streamLimit(rejections).isPresent() ? 429 : 400;
  }

  private static Optional<Rejection> streamLimit(List<Rejection> rejections) {
    return rejections.stream()
        .filter(rejection -> rejection.reason() == Rejection.Reason.STREAM_LIMIT)
        .findFirst();
  }

  /**
   * One message, that of the limit of streams alone; a mistake that was made once stands alone,
   * others are counted.
   */
  static String message(List<Rejection> rejections) {
    Optional<Rejection> streams = streamLimit(rejections);
    if (streams.isPresent()) {
      return streams.get().example();
    }
    StringBuilder out = new StringBuilder();
    for (Rejection rejection : rejections) {
      out.append(out.isEmpty() ? "" : "; ");
      if (rejections.size() > 1 || rejection.rows() > 1) {
        out.append(rejection.rows()).append(" errors like: ");
      }
      out.append(rejection.example());
    }
    return out.toString();
  }
}
