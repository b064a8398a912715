package io.ghostworks.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.ghostworks.model.TenantId;
import io.ghostworks.server.access.AccessPolicy;
import io.ghostworks.server.access.Permission;
import io.netty.util.AttributeKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Access in front of the gRPC receivers; refusals are gRPC statuses. The tenant goes on as an
 * attribute of the request.
 */
public final class GrpcAccess extends SimpleDecoratingHttpService {

  private static final AttributeKey<TenantId> TENANT =
      AttributeKey.valueOf(GrpcAccess.class, "TENANT");
  private static final int INVALID_ARGUMENT = 3;
  private static final int PERMISSION_DENIED = 7;
  private static final int UNAVAILABLE = 14;
  private static final int UNAUTHENTICATED = 16;

  private final AccessPolicy policy;
  private final Readiness readiness;

  GrpcAccess(HttpService delegate, AccessPolicy policy, Readiness readiness) {
    super(delegate);
    this.policy = policy;
    this.readiness = readiness;
  }

  /** The tenant of a request that was let in. */
  public static TenantId tenant(ServiceRequestContext context) {
    TenantId tenant = context.attr(TENANT);
    if (tenant == null) {
      throw new IllegalStateException("a gRPC request came past access");
    }
    return tenant;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    AccessPolicy.Decision decision =
        policy.decide(AccessRequests.of(context, request.headers()), Permission.INGEST);
    if (decision instanceof AccessPolicy.Decision.Refused refused) {
      return refuse(
          switch (refused.status()) {
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            default -> INVALID_ARGUMENT;
          },
          refused.reason());
    }
    if (!readiness.isReady()) {
      return refuse(UNAVAILABLE, "the platform is starting: its journals are being replayed");
    }
    context.setAttr(TENANT, ((AccessPolicy.Decision.Allowed) decision).tenant());
    return unwrap().serve(context, request);
  }

  private static HttpResponse refuse(int status, String message) {
    return HttpResponse.of(refusal(status, message));
  }

  /** A response without messages that ends with a gRPC status. */
  static ResponseHeaders refusal(int status, String message) {
    return ResponseHeaders.builder(HttpStatus.OK)
        .set("content-type", "application/grpc")
        .setInt("grpc-status", status)
        .set("grpc-message", URLEncoder.encode(message, StandardCharsets.UTF_8).replace("+", "%20"))
        .endOfStream(true)
        .build();
  }
}
