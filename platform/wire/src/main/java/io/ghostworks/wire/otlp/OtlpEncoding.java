package io.ghostworks.wire.otlp;

import java.util.Locale;
import java.util.Optional;

/** The two encodings of OTLP over HTTP; gRPC uses the first. */
public enum OtlpEncoding {
  PROTOBUF("application/x-protobuf"),
  JSON("application/json");

  private final String contentType;

  OtlpEncoding(String contentType) {
    this.contentType = contentType;
  }

  public String contentType() {
    return contentType;
  }

  /** The encoding that a Content-Type names, parameters ignored. */
  public static Optional<OtlpEncoding> find(String contentType) {
    int semicolon = contentType.indexOf(';');
    String media =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    for (OtlpEncoding encoding : values()) {
      if (encoding.contentType.equals(media)) {
        return Optional.of(encoding);
      }
    }
    return media.equals("application/protobuf") ? Optional.of(PROTOBUF) : Optional.empty();
  }
}
