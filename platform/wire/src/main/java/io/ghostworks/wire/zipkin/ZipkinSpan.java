package io.ghostworks.wire.zipkin;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span of Zipkin's version 2.
 *
 * @param parentId 0 for a root
 * @param kind {@code CLIENT}, {@code SERVER}, {@code PRODUCER}, {@code CONSUMER}, or "" for none
 * @param name "" for none
 * @param timestampMicros since the epoch, 0 where unknown
 * @param durationMicros 0 where unknown
 * @param tags in their order
 * @param debug whether the span was to be kept whatever the sampler says
 * @param shared whether the span has the id of its client's span
 */
public record ZipkinSpan(
    long traceIdHigh,
    long traceIdLow,
    long id,
    long parentId,
    String kind,
    String name,
    long timestampMicros,
    long durationMicros,
    @Nullable Endpoint local,
    @Nullable Endpoint remote,
    List<Annotation> annotations,
    Map<String, String> tags,
    boolean debug,
    boolean shared) {

  /**
   * One side of a request.
   *
   * @param serviceName "" for none
   * @param ipv4 "" for none
   * @param ipv6 "" for none
   * @param port 0 for none
   */
  public record Endpoint(String serviceName, String ipv4, String ipv6, int port) {

    boolean isEmpty() {
      return serviceName.isEmpty() && ipv4.isEmpty() && ipv6.isEmpty() && port == 0;
    }

    /** The one address, the newer one if there are both; "" for none. */
    String ip() {
      return ipv6.isEmpty() ? ipv4 : ipv6;
    }
  }

  /** What happened at a time. */
  public record Annotation(long timestampMicros, String value) {}

  /** The name of the service that reported the span; "" for none. */
  public String localServiceName() {
    return local == null ? "" : local.serviceName();
  }

  /** The name of the service at the other side; "" for none. */
  public String remoteServiceName() {
    return remote == null ? "" : remote.serviceName();
  }
}
