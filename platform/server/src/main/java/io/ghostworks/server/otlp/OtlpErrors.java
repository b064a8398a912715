package io.ghostworks.server.otlp;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpResponses;
import java.util.Map;

/**
 * Errors of OTLP over HTTP: {@code google.rpc.Status} in the encoding of the request, with {@code
 * RetryInfo} where it may be sent again.
 */
public final class OtlpErrors implements ErrorForm {

  @Override
  public Answer answer(Refused request, int status, String message) {
    OtlpEncoding encoding = OtlpEncoding.find(request.contentType()).orElse(OtlpEncoding.PROTOBUF);
    return new Answer(
        status,
        encoding.contentType(),
        OtlpResponses.status(encoding, code(status), message, request.retryAfter()),
        Map.of());
  }

  /** The code of {@code google.rpc.Code} for an HTTP status. */
  static int code(int status) {
    return switch (status) {
      case 401 -> 16;
      case 403 -> 7;
      case 404, 405 -> 12;
      case 413 -> 8;
      case 429, 502, 503, 504 -> 14;
      case 500 -> 13;
      default -> 3;
    };
  }
}
