package io.ghostworks.server.prometheus;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.ErrorForm;
import java.util.Set;
import java.util.TreeSet;

/** What Prometheus's router answers itself, before the API: plain text. */
final class GoPages {

  /** Errors of what is not the API: one line of text. */
  static final ErrorForm ERRORS =
      new ErrorForm() {
        @Override
        public Answer answer(Refused request, int status, String message) {
          return TEXT.answer(request, status, message);
        }

        @Override
        public Answer unknownPath(Refused request) {
          return notFound();
        }

        @Override
        public Answer wrongMethod(Refused request, Set<String> methods) {
          return GoPages.wrongMethod(methods);
        }
      };

  private GoPages() {}

  static Answer notFound() {
    return Answer.text(404, "404 page not found\n");
  }

  /**
   * @param methods of the path, but for OPTIONS, which every path has
   */
  static Answer wrongMethod(Set<String> methods) {
    Set<String> all = new TreeSet<>(methods);
    all.add("OPTIONS");
    return Answer.text(405, "Method Not Allowed\n").withHeader("allow", String.join(", ", all));
  }
}
