package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

/** Answers 404 in the words of an API for the paths below it that no route has. */
final class UnknownPaths implements HttpService {

  private static final int SHOWN_MAX = 200;

  private final ErrorForm errors;

  UnknownPaths(ErrorForm errors) {
    this.errors = errors;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    String path = context.decodedPath();
    Answer answer =
        errors.answer(
            new ErrorForm.Refused(
                path, request.headers().get(HttpHeaderNames.CONTENT_TYPE, ""), null),
            404,
            "there is no '%s' here"
                .formatted(path.length() > SHOWN_MAX ? path.substring(0, SHOWN_MAX) + "…" : path));
    return Responses.of(answer);
  }
}
