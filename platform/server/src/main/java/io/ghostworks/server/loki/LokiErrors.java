package io.ghostworks.server.loki;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import java.util.List;
import java.util.Set;

/** Mistakes as Loki tells them: the message alone as plain text; nothing for a wrong method. */
final class LokiErrors implements ErrorForm {

  @Override
  public Answer answer(Refused request, int status, String message) {
    return Answer.text(status, message).withHeader("x-content-type-options", "nosniff");
  }

  @Override
  public Answer unknownPath(Refused request) {
    return answer(request, 404, "404 page not found\n");
  }

  @Override
  public Answer wrongMethod(Refused request, Set<String> methods) {
    List<String> sorted = methods.stream().sorted().toList();
    return Answer.empty(405).withHeader("allow", String.join(", ", sorted));
  }
}
