package io.ghostworks.dashboards.store;

/** What somebody asks for cannot be done, in Grafana's words. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String word;

  RefusedException(int status, String word, String message) {
    super(message);
    this.status = status;
    this.word = word;
  }

  /** As in HTTP. */
  public int status() {
    return status;
  }

  /** What programs look at; "" if there is none. */
  public String word() {
    return word;
  }

  static RefusedException bad(String message) {
    return new RefusedException(400, "", message);
  }

  static RefusedException noDashboard() {
    return new RefusedException(404, "not-found", "Dashboard not found");
  }

  static RefusedException noFolder() {
    return new RefusedException(404, "not-found", "folder not found");
  }
}
