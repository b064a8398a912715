package io.ghostworks.saas.api;

import io.ghostworks.instrumentation.context.RequestState;
import io.ghostworks.instrumentation.context.TelemetryContext;
import io.ghostworks.saas.api.problem.ApiProblem;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Answers errors as problem details (RFC 9457) with a type that metrics count and the correlation
 * id to ask with.
 */
@RestControllerAdvice
final class ErrorResponses extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ErrorResponses.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> refused(ApiProblem problem) {
    log.atInfo()
        .addKeyValue("error_type", problem.type())
        .log("Request refused: {}", problem.getMessage());
    return answer(problem.status(), problem.type(), problem.getMessage());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> failed(Exception failure) {
    log.error("Request failed", failure);
    return answer(
        HttpStatus.INTERNAL_SERVER_ERROR,
        failure.getClass().getSimpleName(),
        "the request failed on our side");
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
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail == null ? "" : detail);
    problem.setProperty("error_type", type);
    problem.setProperty("correlation_id", TelemetryContext.correlationId(Context.current()));
    return ResponseEntity.status(status).body(problem);
  }

  private static void name(String errorType) {
    RequestState state = RequestState.findIn(Context.current());
    if (state != null) {
      state.errorType(errorType);
    }
  }
}
