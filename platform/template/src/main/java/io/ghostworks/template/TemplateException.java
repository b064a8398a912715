package io.ghostworks.template;

import org.jspecify.annotations.Nullable;

/** A template is not well formed, or fails while it is rendered; the message is in Go's words. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TemplateException(String message) {
    super(message);
  }

  public TemplateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
