package io.ghostworks.server.otlp;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.GrpcStatus;
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
        OtlpResponses.status(encoding, GrpcStatus.of(status), message, request.retryAfter()),
        Map.of());
  }
}
