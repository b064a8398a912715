package io.ghostworks.server.tempo;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;

/** Mistakes as Tempo tells them: the message alone as plain text. */
final class TempoErrors implements ErrorForm {

  @Override
  public Answer answer(Refused request, int status, String message) {
    return Answer.text(status, message);
  }

  @Override
  public Answer unknownPath(Refused request) {
    return answer(request, 404, "404 page not found\n");
  }
}
