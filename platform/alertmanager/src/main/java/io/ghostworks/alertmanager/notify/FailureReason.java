package io.ghostworks.alertmanager.notify;

/** Why a notification failed, as Alertmanager classifies it (notify/util.go). */
public enum FailureReason {
  OTHER("other"),
  CLIENT_ERROR("clientError"),
  SERVER_ERROR("serverError"),
  CONTEXT_CANCELED("contextCanceled"),
  CONTEXT_DEADLINE_EXCEEDED("contextDeadlineExceeded"),
  AUTH_ERROR("authError"),
  RATE_LIMITED("rateLimited");

  private final String word;

  FailureReason(String word) {
    this.word = word;
  }

  /** The value of the label {@code reason}. */
  public String word() {
    return word;
  }

  /** The reason behind a status code. */
  public static FailureReason ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> AUTH_ERROR;
      case 429 -> RATE_LIMITED;
      default -> status / 100 == 4 ? CLIENT_ERROR : status / 100 == 5 ? SERVER_ERROR : OTHER;
    };
  }
}
