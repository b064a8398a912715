package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.ghostworks.server.access.AccessPolicy;
import java.util.Set;

/** Cross-origin requests of browsers: loopback origins and listed ones may read answers. */
final class Cors {

  private static final String MAX_AGE_SECONDS = "7200";

  private Cors() {}

  static HttpResponse preflight(RequestHeaders request, AccessPolicy policy, Set<String> methods) {
    String origin = request.get(HttpHeaderNames.ORIGIN);
    if (origin == null) {
      return HttpResponse.of(
          ResponseHeaders.builder(HttpStatus.NO_CONTENT)
              .add(HttpHeaderNames.VARY, "Origin")
              .add(HttpHeaderNames.ALLOW, String.join(", ", methods))
              .build());
    }
    if (!policy.allowsOrigin(origin)) {
      return HttpResponse.of(HttpStatus.FORBIDDEN);
    }
    ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.NO_CONTENT);
    allow(request, policy, headers);
    headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, String.join(", ", methods));
    String wanted = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
    if (wanted != null) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
    }
    headers.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
    return HttpResponse.of(headers.build());
  }

  static void allow(RequestHeaders request, AccessPolicy policy, ResponseHeadersBuilder headers) {
    headers.add(HttpHeaderNames.VARY, "Origin");
    String origin = request.get(HttpHeaderNames.ORIGIN);
    if (origin != null && policy.allowsOrigin(origin)) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Date");
    }
  }
}
