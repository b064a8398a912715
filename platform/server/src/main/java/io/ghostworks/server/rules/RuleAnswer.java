package io.ghostworks.server.rules;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Views;

/** The form of answers: {@code {"status":"success","data":…}}, as Prometheus's API has it. */
record RuleAnswer(String status, Object data) {

  static Answer of(Object data) {
    return Views.answer(new RuleAnswer("success", data)).compressed();
  }
}
