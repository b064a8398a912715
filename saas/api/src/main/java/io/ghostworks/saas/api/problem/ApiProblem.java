package io.ghostworks.saas.api.problem;

import org.springframework.http.HttpStatus;

/** A request that is refused, with a type from a small set that clients and metrics can rely on. */
public final class ApiProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String type;

  public ApiProblem(HttpStatus status, String type, String detail) {
    super(detail);
    this.status = status;
    this.type = type;
  }

  public static ApiProblem invalid(String detail) {
    return new ApiProblem(HttpStatus.BAD_REQUEST, "validation_failed", detail);
  }

  public static ApiProblem notFound(String kind, String id) {
    return new ApiProblem(HttpStatus.NOT_FOUND, "not_found", "there is no " + kind + " " + id);
  }

  public static ApiProblem conflict(String type, String detail) {
    return new ApiProblem(HttpStatus.CONFLICT, type, detail);
  }

  public static ApiProblem unauthenticated(String detail) {
    return new ApiProblem(HttpStatus.UNAUTHORIZED, "unauthenticated", detail);
  }

  public HttpStatus status() {
    return status;
  }

  public String type() {
    return type;
  }
}
