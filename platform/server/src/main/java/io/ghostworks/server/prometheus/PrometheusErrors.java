package io.ghostworks.server.prometheus;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import io.ghostworks.server.http.RequestException;
import java.util.Set;

/**
 * Errors as Prometheus's API tells them: {@code
 * {"status":"error","errorType":"bad_data","error":"…"}}.
 */
public final class PrometheusErrors implements ErrorForm {

  private final boolean compressed;

  /** Errors of endpoints whose answers may be compressed. */
  public PrometheusErrors() {
    this(true);
  }

  PrometheusErrors(boolean compressed) {
    this.compressed = compressed;
  }

  @Override
  public Answer answer(Refused request, int status, String message) {
    GoJson json = new GoJson();
    json.object().name("status").text("error");
    json.name("errorType").text(request.type().isEmpty() ? type(status) : request.type());
    json.name("error").text(message).endObject();
    Answer answer = Answer.json(status, json.bytes());
    return compressed ? answer.compressed() : answer;
  }

  @Override
  public Answer unknownPath(Refused request) {
    return GoPages.notFound();
  }

  @Override
  public Answer wrongMethod(Refused request, Set<String> methods) {
    return GoPages.wrongMethod(methods);
  }

  @Override
  public boolean answersOptions(String path) {
    return path.contains("/api/v1/");
  }

  private static String type(int status) {
    return switch (status) {
      case 400, 405, 413, 415 -> "bad_data";
      case 401 -> "unauthorized";
      case 403 -> "forbidden";
      case 404 -> "not_found";
      case 406 -> "not_acceptable";
      case 422 -> "execution";
      case 499 -> "canceled";
      case 503 -> "unavailable";
      default -> "internal";
    };
  }

  /** What is switched off, which Prometheus tells with status 500. */
  static RequestException unavailable(String message) {
    return new RequestException(500, "unavailable", message);
  }

  /** A parameter cannot be taken. */
  static RequestException parameter(String name, String message) {
    return RequestException.bad("invalid parameter \"%s\": %s".formatted(name, message));
  }
}
