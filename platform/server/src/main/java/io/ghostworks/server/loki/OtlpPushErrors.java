package io.ghostworks.server.loki;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpResponses;
import java.util.Map;

/**
 * Mistakes as Loki's OTLP endpoint tells them: a {@code google.rpc.Status} in protobuf that has a
 * message and no code; 503 instead of 500, which senders would not send again.
 */
final class OtlpPushErrors implements ErrorForm {

  @Override
  public Answer answer(Refused request, int status, String message) {
    return refusal(status, message);
  }

  static Answer refusal(int status, String message) {
    return new Answer(
        status == 500 ? 503 : status,
        "application/octet-stream",
        OtlpResponses.status(OtlpEncoding.PROTOBUF, 0, message, null),
        Map.of());
  }
}
