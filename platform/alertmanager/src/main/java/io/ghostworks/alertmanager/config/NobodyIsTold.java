package io.ghostworks.alertmanager.config;

/** What holds for a tenant that has no configuration. */
public final class NobodyIsTold {

  /** An {@code alertmanager.yml} that says so to who reads it. */
  public static final String TEXT =
      """
      # No configuration is set: alerts are kept and shown, and nobody is told.
      route:
        receiver: nobody
      receivers:
        - name: nobody
      """;

  private NobodyIsTold() {}
}
