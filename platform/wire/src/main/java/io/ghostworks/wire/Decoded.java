package io.ghostworks.wire;

import io.ghostworks.model.Rejection;
import java.util.List;

/**
 * What a decoder made of a request.
 *
 * @param batch the rows that are well-formed, possibly none
 * @param rejections rows of the request that are not in the batch, by reason
 */
public record Decoded<B>(B batch, List<Rejection> rejections) {
  public Decoded {
    rejections = List.copyOf(rejections);
  }

  /** The number of refused rows. */
  public int rejectedRows() {
    int sum = 0;
    for (Rejection rejection : rejections) {
      sum += rejection.rows();
    }
    return sum;
  }
}
