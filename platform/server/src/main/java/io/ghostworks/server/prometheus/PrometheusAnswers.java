package io.ghostworks.server.prometheus;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.AnswerStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Successful answers of Prometheus's API: {@code {"status":"success","data":…}} with warnings and
 * infos where there are any. Long ones are written while they are sent.
 */
final class PrometheusAnswers {

  private static final int ANNOTATIONS_MAX = 10;

  private PrometheusAnswers() {}

  /** An answer that is short. */
  static Answer success(Consumer<GoJson> data) {
    GoJson json = new GoJson();
    json.object().name("status").text("success").name("data");
    data.accept(json);
    return Answer.json(200, json.endObject().bytes()).compressed();
  }

  /** An answer without data. */
  static Answer nothing() {
    return Answer.empty(204);
  }

  /**
   * An array that is written entry by entry.
   *
   * @param limit how many entries are shown, 0 for all; that there are more is a warning
   */
  static <T> Answer array(List<T> entries, int limit, Entry<T> form) {
    return stream(
        "[",
        Limits.limited(entries, limit).iterator(),
        form,
        "]",
        Limits.warnings(entries, limit),
        List.of());
  }

  /**
   * @param limit how many of the values are shown, 0 for all; that there are more is a warning
   */
  static Answer strings(List<String> values, int limit) {
    return array(values, limit, (json, value) -> json.text(value));
  }

  /** Writes one entry of an answer. */
  @FunctionalInterface
  interface Entry<T> {
    void write(GoJson json, T entry);
  }

  /** An answer whose data are entries between a beginning and an end, which are JSON. */
  static <T> Answer stream(
      String beginning,
      Iterator<? extends T> entries,
      Entry<T> form,
      String end,
      List<String> warnings,
      List<String> infos) {
    return Answer.streamed(
            200, Answer.JSON, new Entries<>(beginning, entries, form, end, warnings, infos))
        .compressed();
  }

  /** Warnings and infos, where there are any, and the end of the document. */
  static void finish(GoJson json, List<String> warnings, List<String> infos) {
    annotations(json, "warnings", "warning", warnings);
    annotations(json, "infos", "info", infos);
    json.endObject();
  }

  private static void annotations(GoJson json, String name, String kind, List<String> texts) {
    if (texts.isEmpty()) {
      return;
    }
    json.name(name).array();
    texts.stream().limit(ANNOTATIONS_MAX).forEach(json::text);
    int more = texts.size() - ANNOTATIONS_MAX;
    if (more > 0) {
      json.text("%d more %s annotations omitted".formatted(more, kind));
    }
    json.endArray();
  }

  private static final class Entries<T> implements AnswerStream {
    private final GoJson json = new GoJson();
    private final Iterator<? extends T> entries;
    private final Entry<T> form;
    private final String end;
    private final List<String> warnings;
    private final List<String> infos;

    Entries(
        String beginning,
        Iterator<? extends T> entries,
        Entry<T> form,
        String end,
        List<String> warnings,
        List<String> infos) {
      this.entries = entries;
      this.form = form;
      this.end = end;
      this.warnings = warnings;
      this.infos = infos;
      json.object().name("status").text("success").name("data").opening(beginning);
    }

    @Override
    public boolean write(OutputStream out) throws IOException {
      boolean more = entries.hasNext();
      if (more) {
        form.write(json, entries.next());
      } else {
        finish(json.closing(end), warnings, infos);
      }
      json.drainTo(out);
      return more;
    }

    @Override
    public void close() {
      // The entries belong to nobody else.
    }
  }
}
