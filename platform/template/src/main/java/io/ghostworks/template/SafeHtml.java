package io.ghostworks.template;

/** Text that is HTML already and is not escaped in HTML mode. */
public record SafeHtml(String html) {
  @Override
  public String toString() {
    return html;
  }
}
