package io.ghostworks.template;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A template is not well formed, or fails while it is rendered; the message is in Go's words. */
public sealed class TemplateException extends RuntimeException
    permits GoFunction.WrongArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Place place;

  /**
   * Where in a template it went wrong.
   *
   * @param template the name under which the text was parsed
   * @param line counted from 1
   * @param column in chars, counted from 1
   */
  public record Place(String template, int line, int column) {

    /** The place of a char in a text. */
    static Place of(String template, String text, int at) {
      String before = text.substring(0, Math.min(at, text.length()));
      return new Place(
          template,
          1 + (int) before.chars().filter(c -> c == '\n').count(),
          before.length() - before.lastIndexOf('\n'));
    }
  }

  public TemplateException(String message) {
    this(message, (Throwable) null);
  }

  public TemplateException(String message, @Nullable Throwable cause) {
    this(message, null, cause);
  }

  TemplateException(String message, @Nullable Place place, @Nullable Throwable cause) {
    super(message, cause);
    this.place = place;
  }

  /** Where it went wrong, where that is known. */
  public Optional<Place> place() {
    return Optional.ofNullable(place);
  }
}
