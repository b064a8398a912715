package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.ghostworks.server.access.AccessPolicy;
import java.util.Set;

/** Answers 404 in the words of an API for the paths below it that no route has. */
final class UnknownPaths implements HttpService {

  private static final Set<String> PREFLIGHT_METHODS = Set.of("GET", "POST", "PUT");

  private final ErrorForm errors;
  private final AccessPolicy policy;

  UnknownPaths(ErrorForm errors, AccessPolicy policy) {
    this.errors = errors;
    this.policy = policy;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    RequestHeaders headers = request.headers();
    String path = context.decodedPath();
    if (headers.method() == HttpMethod.OPTIONS && errors.answersOptions(path)) {
      return Cors.preflight(headers, policy, PREFLIGHT_METHODS);
    }
    return Responses.of(
        errors.unknownPath(
            new ErrorForm.Refused(
                headers.method().name(),
                path,
                headers.get(HttpHeaderNames.CONTENT_TYPE, ""),
                null,
                "")));
  }
}
