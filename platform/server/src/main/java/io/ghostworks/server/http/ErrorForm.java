package io.ghostworks.server.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an API tells a mistake. */
@FunctionalInterface
public interface ErrorForm {

  /** One line of text, as Loki and Tempo answer. */
  ErrorForm TEXT = (request, status, message) -> Answer.text(status, message + "\n");

  /**
   * @param request what was asked, as far as it is known
   * @param status from 400 on
   */
  Answer answer(Refused request, int status, String message);

  /** Below the API no route has the path. */
  default Answer unknownPath(Refused request) {
    return answer(request, 404, "there is no '%s' here".formatted(request.shownPath()));
  }

  /**
   * The path has routes, with other methods.
   *
   * @param methods that they have
   */
  default Answer wrongMethod(Refused request, Set<String> methods) {
    List<String> sorted = methods.stream().sorted().toList();
    return answer(
            request,
            405,
            "%s is not allowed here: use %s"
                .formatted(request.method(), String.join(" or ", sorted)))
        .withHeader("allow", String.join(", ", sorted));
  }

  /** Whether any path below the API, known or not, may be asked about with OPTIONS. */
  default boolean answersOptions(String path) {
    return false;
  }

  /**
   * What is known of a request that may have been refused before it was read.
   *
   * @param method of HTTP
   * @param retryAfter when the same request may succeed; null if it never will
   * @param type the API's word for the kind of error; "" where the status tells it
   */
  record Refused(
      String method, String path, String contentType, @Nullable Duration retryAfter, String type) {

    private static final int SHOWN_MAX = 200;

    private String shownPath() {
      return path.length() > SHOWN_MAX ? path.substring(0, SHOWN_MAX) + "…" : path;
    }
  }
}
