package io.ghostworks.server.http;

/** Whether the stores have replayed their journals. Set once, read by every request. */
public final class Readiness {
  private volatile boolean ready;

  public boolean isReady() {
    return ready;
  }

  /** Lets requests in. */
  public void setReady() {
    ready = true;
  }
}
