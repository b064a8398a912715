package io.ghostworks.server.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells mistakes that are found before a route sees the request, a body that is too large above
 * all, in the words of the API that it was meant for.
 */
final class ProtocolErrors implements ServerErrorHandler {

  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int INTERNAL = 13;

  private final Map<String, ErrorForm> forms;

  /**
   * @param forms by the beginning of the path
   */
  ProtocolErrors(Map<String, ErrorForm> forms) {
    this.forms = Map.copyOf(forms);
  }

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    boolean tooLarge =
        Exceptions.peel(cause) instanceof ContentTooLargeException
            || cause.getCause() instanceof ContentTooLargeException;
    AggregatedHttpResponse answer =
        tooLarge
            ? refusal(context.request().headers(), HttpStatus.REQUEST_ENTITY_TOO_LARGE, null)
            : null;
    return answer == null ? null : answer.toHttpResponse();
  }

  @Override
  public @Nullable AggregatedHttpResponse onProtocolViolation(
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    return headers == null ? null : refusal(headers, status, description);
  }

  private @Nullable AggregatedHttpResponse refusal(
      RequestHeaders headers, HttpStatus status, @Nullable String description) {
    String contentType = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    String message = message(status, description);
    if (contentType.startsWith("application/grpc")) {
      return grpc(status, message);
    }
    ErrorForm form = form(headers.path());
    if (form == null) {
      return null;
    }
    Answer answer =
        form.answer(
            new ErrorForm.Refused(headers.path(), contentType, null), status.code(), message);
    return AggregatedHttpResponse.of(
        ResponseHeaders.builder(status)
            .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
            .build(),
        HttpData.wrap(answer.body()));
  }

  private static AggregatedHttpResponse grpc(HttpStatus status, String message) {
    boolean tooLarge = status.code() == HttpStatus.REQUEST_ENTITY_TOO_LARGE.code();
    return AggregatedHttpResponse.of(
        GrpcAccess.refusal(tooLarge ? RESOURCE_EXHAUSTED : INTERNAL, message));
  }

  private static String message(HttpStatus status, @Nullable String description) {
    if (status.code() == HttpStatus.REQUEST_ENTITY_TOO_LARGE.code()) {
      return "the request's body is larger than the limit (limits.request_bytes_max): send smaller batches";
    }
    return description == null ? status.reasonPhrase() : description;
  }

  private @Nullable ErrorForm form(String path) {
    String best = null;
    for (String prefix : forms.keySet()) {
      if ((path.equals(prefix) || path.startsWith(prefix + "/"))
          && (best == null || prefix.length() > best.length())) {
        best = prefix;
      }
    }
    return best == null ? null : forms.get(best);
  }
}
