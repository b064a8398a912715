package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;

/** Sends who asks for a route's path with a slash at its end to the path, parameters included. */
final class TrailingSlash implements HttpService {

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    String path = context.path().substring(0, context.path().length() - 1);
    String query = context.query();
    HttpStatus status =
        request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD
            ? HttpStatus.MOVED_PERMANENTLY
            : HttpStatus.valueOf(308);
    return HttpResponse.of(
        ResponseHeaders.of(
            status, HttpHeaderNames.LOCATION, query == null ? path : path + "?" + query));
  }
}
