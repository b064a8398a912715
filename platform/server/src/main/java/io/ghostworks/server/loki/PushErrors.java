package io.ghostworks.server.loki;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;

/** Mistakes of pushes as Loki tells them: the message as a line of plain text. */
final class PushErrors implements ErrorForm {

  @Override
  public Answer answer(Refused request, int status, String message) {
    return Answer.text(status, message + "\n").withHeader("x-content-type-options", "nosniff");
  }
}
