package io.ghostworks.server.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells mistakes that are found before a route sees the request, a body that is too large above
 * all, in the words of the API that it was meant for.
 */
final class ProtocolErrors implements ServerErrorHandler {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Map<String, ErrorForm> forms;

  /**
   * @param forms by the beginning of the path
   */
  ProtocolErrors(Map<String, ErrorForm> forms) {
    this.forms = Map.copyOf(forms);
  }

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    AggregatedHttpResponse answer =
        switch (status(Exceptions.peel(cause))) {
          case 413 ->
              refusal(context.request().headers(), HttpStatus.REQUEST_ENTITY_TOO_LARGE, null, null);
          case 503 ->
              refusal(
                  context.request().headers(),
                  HttpStatus.SERVICE_UNAVAILABLE,
                  "the request was not answered in time",
                  RETRY_AFTER);
          default -> null;
        };
    return answer == null ? null : answer.toHttpResponse();
  }

  private static int status(Throwable cause) {
    if (cause instanceof ContentTooLargeException
        || cause.getCause() instanceof ContentTooLargeException) {
      return 413;
    }
    return cause instanceof RequestTimeoutException ? 503 : 500;
  }

  @Override
  public @Nullable AggregatedHttpResponse onProtocolViolation(
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    return refusal(headers, status, description, null);
  }

  /**
   * @param headers null where they could not be read: then the form of the whole listener counts
   */
  private @Nullable AggregatedHttpResponse refusal(
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Duration retryAfter) {
    String path = headers == null ? "" : headers.path();
    ErrorForm form = form(path);
    if (form == null) {
      return null;
    }
    String method = headers == null ? "" : headers.method().name();
    String contentType = headers == null ? "" : headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    Answer answer =
        form.answer(
            new ErrorForm.Refused(method, path, contentType, retryAfter, ""),
            status.code(),
            message(status, description));
    ResponseHeadersBuilder answered = Responses.headers(answer);
    if (retryAfter != null) {
      answered.setLong(HttpHeaderNames.RETRY_AFTER, retryAfter.toSeconds());
    }
    return AggregatedHttpResponse.of(answered.build(), HttpData.wrap(answer.body()));
  }

  private static String message(HttpStatus status, @Nullable String description) {
    if (status.code() == HttpStatus.REQUEST_ENTITY_TOO_LARGE.code()) {
      return "the request's body is larger than the limit (limits.request_bytes_max): send smaller"
          + " batches";
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
