package io.ghostworks.server.grpc;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.GrpcStatus;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpResponses;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Errors of gRPC: a response without a message that ends with the status, and {@code RetryInfo} in
 * its details where the request may be sent again. What is no request of gRPC is told in HTTP.
 *
 * <p>Source: "gRPC over HTTP2", Responses and Trailers-Only.
 */
public final class GrpcErrors implements ErrorForm {

  @Override
  public Answer answer(Refused request, int status, String message) {
    if (!request.contentType().startsWith(GrpcMessages.CONTENT_TYPE)) {
      return Answer.text(status, message + "\n");
    }
    int code = GrpcStatus.of(status);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(GrpcStatus.HEADER, Integer.toString(code));
    headers.put("grpc-message", escaped(message));
    headers.put("grpc-accept-encoding", GrpcMessages.ENCODINGS);
    if (request.retryAfter() != null) {
      headers.put(
          "grpc-status-details-bin",
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(
                  OtlpResponses.status(
                      OtlpEncoding.PROTOBUF, code, message, request.retryAfter())));
    }
    return new Answer(200, GrpcMessages.CONTENT_TYPE, new byte[0], headers);
  }

  /** A message as a header has it: what is no printable ASCII in percent form. */
  static String escaped(String message) {
    return URLEncoder.encode(message, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
