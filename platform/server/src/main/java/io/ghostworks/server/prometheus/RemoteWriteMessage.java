package io.ghostworks.server.prometheus;

import io.ghostworks.server.http.RequestException;

/**
 * The message of a remote write request as its content type names it.
 *
 * <p>Source: Prometheus Remote-Write 2.0 specification, "Required HTTP headers"; the refusals are
 * those of client_golang's exp/api/remote.
 */
enum RemoteWriteMessage {
  /** {@code prometheus.WriteRequest}, also where the content type names none. */
  VERSION_1("prometheus.WriteRequest"),
  /** {@code io.prometheus.write.v2.Request}. */
  VERSION_2("io.prometheus.write.v2.Request");

  private static final String PROTOBUF = "application/x-protobuf";

  private final String proto;

  RemoteWriteMessage(String proto) {
    this.proto = proto;
  }

  /**
   * The message of a content type; "" is the first version.
   *
   * @throws RequestException 415 for any other
   */
  static RemoteWriteMessage of(String contentType) {
    String whole = contentType.strip();
    if (whole.isEmpty()) {
      return VERSION_1;
    }
    String[] parts = whole.split(";", -1);
    if (!parts[0].equals(PROTOBUF)) {
      throw new RequestException(
          415,
          "expected %s as the first (media) part, got %s content-type".formatted(PROTOBUF, whole));
    }
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", -1);
      if (pair.length != 2) {
        throw new RequestException(
            415,
            "as per https://www.rfc-editor.org/rfc/rfc9110#parameter expected parameters to be key-values, got %s in %s content-type"
                .formatted(parts[i], whole));
      }
      if (pair[0].equals("proto")) {
        return named(pair[1], whole);
      }
    }
    return VERSION_1;
  }

  private static RemoteWriteMessage named(String proto, String contentType) {
    for (RemoteWriteMessage message : values()) {
      if (message.proto.equals(proto)) {
        return message;
      }
    }
    throw new RequestException(
        415,
        "got %s content type; unknown type for remote write protobuf message %s, supported: %s, %s"
            .formatted(contentType, proto, VERSION_1.proto, VERSION_2.proto));
  }
}
