package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.ghostworks.server.access.AccessPolicy;
import java.net.InetSocketAddress;
import java.util.List;

/** What the access policy needs to know of a request of the HTTP library. */
public final class AccessRequests {

  private static final List<String> FORWARDING =
      List.of(
          "forwarded",
          "via",
          "x-real-ip",
          "x-client-ip",
          "x-cluster-client-ip",
          "true-client-ip",
          "cf-connecting-ip",
          "fastly-client-ip");
  private static final String FORWARDING_PREFIX = "x-forwarded";

  private AccessRequests() {}

  public static AccessPolicy.Request of(ServiceRequestContext context, RequestHeaders headers) {
    boolean forwarded =
        FORWARDING.stream().anyMatch(headers::contains)
            || headers.names().stream().anyMatch(name -> name.startsWith(FORWARDING_PREFIX));
    InetSocketAddress remote = context.remoteAddress();
    String authority = headers.authority();
    return new AccessPolicy.Request(
        remote.getAddress(),
        authority == null ? "" : authority,
        forwarded,
        headers.get(HttpHeaderNames.AUTHORIZATION),
        headers.get("x-scope-orgid"),
        headers.get(HttpHeaderNames.ORIGIN));
  }
}
