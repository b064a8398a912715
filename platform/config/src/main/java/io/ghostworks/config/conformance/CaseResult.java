package io.ghostworks.config.conformance;

/**
 * The outcome of one published case.
 *
 * @param place the file, with {@code :line} where the case has one
 * @param failure why it failed, on one line; empty where it passed
 */
public record CaseResult(String place, String failure) {

  public static CaseResult passed(String place) {
    return new CaseResult(place, "");
  }

  /** With a reason that is not blank; line breaks in it become spaces. */
  public static CaseResult failed(String place, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("a failed case needs a reason, got none (" + place + ")");
    }
    return new CaseResult(place, reason.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  public boolean isPassed() {
    return failure.isEmpty();
  }
}
