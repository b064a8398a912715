package io.ghostworks.traceql.trace;

/** How many spans a service has in a trace, and how many of them have the status error. */
public record ServiceSpans(int spans, int errors) {

  /** With one span more. */
  public ServiceSpans plus(boolean error) {
    return new ServiceSpans(spans + 1, errors + (error ? 1 : 0));
  }
}
