package io.ghostworks.server.loki;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection;
import java.util.ArrayList;
import java.util.List;

/** The entries of one push that were refused for good, in the words of Loki's distributor. */
final class PushRefusals {

  private PushRefusals() {}

  /** What decoding and the store refused. */
  static List<Rejection> all(List<Rejection> decoding, Acknowledgement stored) {
    List<Rejection> all = new ArrayList<>(decoding);
    all.addAll(stored.rejections());
    return all;
  }

  /** One message; a mistake that was made once stands alone, others are counted. */
  static String message(List<Rejection> rejections) {
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
