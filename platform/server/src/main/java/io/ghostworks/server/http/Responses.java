package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.util.Map;

/** Answers as responses of the HTTP library. */
final class Responses {

  private Responses() {}

  static HttpResponse of(Answer answer) {
    return of(answer, headers(answer));
  }

  /** With headers that were completed by the caller. */
  static HttpResponse of(Answer answer, ResponseHeadersBuilder headers) {
    if (headers.contains(GrpcStatus.HEADER)) {
      return HttpResponse.of(headers.endOfStream(true).build()); // "Trailers-Only" of gRPC
    }
    return HttpResponse.of(headers.build(), HttpData.wrap(answer.body()), trailers(answer));
  }

  static ResponseHeadersBuilder headers(Answer answer) {
    ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.valueOf(answer.status()));
    if (!answer.contentType().isEmpty()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    }
    answer.headers().forEach(headers::set);
    return headers;
  }

  static HttpHeaders trailers(Answer answer) {
    return trailers(answer.trailers());
  }

  static HttpHeaders trailers(Map<String, String> named) {
    HttpHeadersBuilder trailers = HttpHeaders.builder();
    named.forEach(trailers::set);
    return trailers.build();
  }
}
