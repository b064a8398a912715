package io.ghostworks.server.rules;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;

/** Mistakes as the rulers of Mimir and Loki tell them: Go's {@code http.Error}. */
final class RulerErrors implements ErrorForm {

  @Override
  public Answer answer(Refused request, int status, String message) {
    return Answer.text(status, message + "\n").withHeader("x-content-type-options", "nosniff");
  }
}
