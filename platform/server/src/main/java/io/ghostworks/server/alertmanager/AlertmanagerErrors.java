package io.ghostworks.server.alertmanager;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import java.util.List;
import java.util.Set;

/**
 * Mistakes in Alertmanager's words: the API answers one text as JSON, and what its framework finds
 * (unknown paths, methods, bodies) an object with code and message; the rest is plain text.
 */
final class AlertmanagerErrors implements ErrorForm {

  private static final String API = "/api/v2";

  @Override
  public Answer answer(Refused request, int status, String message) {
    return isApi(request.path())
        ? AlertmanagerJson.text(status, message)
        : Answer.text(status, message + "\n");
  }

  @Override
  public Answer unknownPath(Refused request) {
    return isApi(request.path())
        ? AlertmanagerJson.coded(
            404, 404, "path %s was not found".formatted(withoutPrefix(request.path())))
        : Answer.text(404, "404 page not found\n");
  }

  @Override
  public Answer wrongMethod(Refused request, Set<String> methods) {
    List<String> sorted = methods.stream().sorted().toList();
    Answer answer =
        isApi(request.path())
            ? AlertmanagerJson.coded(
                405,
                405,
                "method %s is not allowed, but [%s] are"
                    .formatted(request.method(), String.join(",", sorted)))
            : Answer.text(405, "Method Not Allowed\n");
    return answer.withHeader("allow", String.join(",", sorted));
  }

  private static boolean isApi(String path) {
    String rest = withoutPrefix(path);
    return rest.equals(API) || rest.startsWith(API + "/");
  }

  private static String withoutPrefix(String path) {
    int query = path.indexOf('?');
    String alone = query < 0 ? path : path.substring(0, query);
    return alone.startsWith("/alertmanager/") ? alone.substring("/alertmanager".length()) : alone;
  }
}
