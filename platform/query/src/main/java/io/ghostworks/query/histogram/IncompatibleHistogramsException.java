package io.ghostworks.query.histogram;

/** One histogram has exponential, the other custom buckets. */
public final class IncompatibleHistogramsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IncompatibleHistogramsException() {
    super(
        "cannot apply this operation on histograms with a mix of exponential and custom bucket"
            + " schemas",
        null,
        false,
        false);
  }
}
