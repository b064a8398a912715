package io.ghostworks.alertmanager.dispatch;

/** Why a receiver is told now. */
enum NotificationReason {
  NONE("none"),
  FIRST("first notification"),
  NEW_ALERTS("new alerts added"),
  SOME_RESOLVED("some alerts resolved"),
  ALL_RESOLVED("all alerts resolved"),
  REPEAT("repeat interval elapsed");

  private final String words;

  NotificationReason(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
