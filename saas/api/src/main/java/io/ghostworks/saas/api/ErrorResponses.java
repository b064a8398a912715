package io.ghostworks.saas.api;

import io.ghostworks.instrumentation.context.RequestState;
import io.ghostworks.instrumentation.context.TelemetryContext;
import io.ghostworks.saas.api.problem.ApiProblem;
import io.opentelemetry.context.Context;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/**
 * Answers errors as problem details (RFC 9457) with a type that metrics count and the correlation
 * id to ask with.
 */
@RestControllerAdvice
final class ErrorResponses extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ErrorResponses.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ApiProblem problem) {
    boolean isOurs = problem.status().is5xxServerError();
    log.atLevel(isOurs ? Level.ERROR : Level.INFO)
        .addKeyValue("error_type", problem.type())
        .log(isOurs ? "Request failed: {}" : "Request refused: {}", problem.getMessage());
    return answer(problem.status(), problem.type(), problem.getMessage());
  }

  /** Tomcat decodes the parameters only when the first one is asked for. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(InvalidParameterException problem) {
    return answer(
        HttpStatus.BAD_REQUEST,
        "validation_failed",
        "the parameters in the address must be percent-encoded UTF-8");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> failed(Exception failure) {
    log.error("Request failed", failure);
    return answer(
        HttpStatus.INTERNAL_SERVER_ERROR,
        failure.getClass().getSimpleName(),
        "the request failed on our side");
  }

  /** Says which field of the body cannot be read; Spring's own sentence says only that. */
  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException problem,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String type = "validation_failed";
    name(type);
    return ResponseEntity.badRequest()
        .body(problem(HttpStatus.BAD_REQUEST, type, unreadable(problem.getCause())));
  }

  private static String unreadable(@Nullable Throwable cause) {
    String field =
        cause instanceof JacksonException unread
            ? unread.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."))
            : "";
    return field.isEmpty()
        ? "the body must be a JSON object with the fields that this address takes"
        : field + " is missing or of the wrong type";
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception problem,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    name("http_" + status.value());
    return super.handleExceptionInternal(problem, body, headers, status, request);
  }

  private static ResponseEntity<ProblemDetail> answer(
      HttpStatus status, String type, @Nullable String detail) {
    name(type);
    return ResponseEntity.status(status).body(problem(status, type, detail));
  }

  private static ProblemDetail problem(HttpStatus status, String type, @Nullable String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail == null ? "" : detail);
    problem.setProperty("error_type", type);
    problem.setProperty("correlation_id", TelemetryContext.correlationId(Context.current()));
    return problem;
  }

  private static void name(String errorType) {
    RequestState state = RequestState.findIn(Context.current());
    if (state != null) {
      state.errorType(errorType);
    }
  }
}
