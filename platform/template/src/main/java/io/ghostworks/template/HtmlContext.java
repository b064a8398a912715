package io.ghostworks.template;

import java.util.Locale;
import java.util.Set;

/**
 * Where in an HTML page its end so far stands, which decides how a value is escaped there. A small
 * state machine over the chars that were written, after {@code html/template/transition.go}.
 */
final class HtmlContext {
  private static final Set<String> URL_ATTRIBUTES =
      Set.of(
          "action",
          "archive",
          "background",
          "cite",
          "classid",
          "codebase",
          "data",
          "formaction",
          "href",
          "icon",
          "longdesc",
          "manifest",
          "poster",
          "profile",
          "src",
          "usemap");
  private static final Set<String> RAW_ELEMENTS = Set.of("script", "style", "textarea", "title");

  /** What stands at the end of the page. */
  enum Place {
    TEXT,
    COMMENT,
    /** Inside a tag, where the name of an attribute may begin or goes on. */
    TAG,
    /** Inside an attribute that is plain text. */
    PLAIN,
    /** At the beginning of an address. */
    URL_START,
    URL_PATH,
    URL_QUERY,
    CSS,
    SCRIPT,
    SCRIPT_STRING
  }

  private enum State {
    TEXT,
    TAG_NAME,
    TAG,
    NAME,
    AFTER_NAME,
    BEFORE_VALUE,
    VALUE,
    COMMENT,
    RAW
  }

  private final StringBuilder word = new StringBuilder();
  private State state = State.TEXT;
  private String element = "";
  private String attribute = "";
  private char delimiter;
  private char quote;
  private boolean escaped;
  private boolean query;
  private boolean begun;

  /** Goes on over what was written. */
  void feed(String text) {
    for (int i = 0; i < text.length(); i++) {
      feed(text.charAt(i));
    }
  }

  /** Where the next char stands. */
  Place place() {
    return switch (state) {
      case TEXT -> Place.TEXT;
      case COMMENT -> Place.COMMENT;
      case TAG_NAME, TAG, NAME, AFTER_NAME -> Place.TAG;
      case RAW ->
          switch (element) {
            case "script" -> quote == 0 ? Place.SCRIPT : Place.SCRIPT_STRING;
            case "style" -> Place.CSS;
            default -> Place.TEXT;
          };
      case BEFORE_VALUE -> inValue(false);
      case VALUE -> inValue(begun);
    };
  }

  private Place inValue(boolean afterFirst) {
    if (attribute.startsWith("on")) {
      return quote == 0 ? Place.SCRIPT : Place.SCRIPT_STRING;
    }
    if (attribute.equals("style")) {
      return Place.CSS;
    }
    if (!isAddress(attribute)) {
      return Place.PLAIN;
    }
    return query ? Place.URL_QUERY : afterFirst ? Place.URL_PATH : Place.URL_START;
  }

  /** Names with a prefix count as what follows it; data-… are looked at the same. */
  private static boolean isAddress(String attribute) {
    String name = attribute.substring(attribute.indexOf(':') + 1);
    name = name.startsWith("data-") ? name.substring("data-".length()) : name;
    return URL_ATTRIBUTES.contains(name)
        || attribute.startsWith("xmlns")
        || name.contains("src")
        || name.contains("uri")
        || name.contains("url");
  }

  /** Whether the next char is inside an attribute. */
  boolean isInAttribute() {
    return state == State.VALUE || state == State.BEFORE_VALUE;
  }

  /** Whether the value of the attribute has no quotes around it. */
  boolean isUnquoted() {
    return state == State.BEFORE_VALUE || (state == State.VALUE && delimiter == ' ');
  }

  private void feed(char c) {
    switch (state) {
      case TEXT -> text(c);
      case TAG_NAME -> tagName(c);
      case TAG -> {
        if (c == '>') {
          endTag();
        } else if (!isSpace(c) && c != '/') {
          word.setLength(0);
          word.append(c);
          state = State.NAME;
        }
      }
      case NAME -> name(c);
      case AFTER_NAME -> {
        if (c == '=') {
          state = State.BEFORE_VALUE;
          begin();
        } else if (!isSpace(c)) {
          state = State.TAG;
          feed(c);
        }
      }
      case BEFORE_VALUE -> {
        if (c == '"' || c == '\'') {
          delimiter = c;
          state = State.VALUE;
        } else if (c == '>') {
          endTag();
        } else if (!isSpace(c)) {
          delimiter = ' ';
          state = State.VALUE;
          value(c);
        }
      }
      case VALUE -> value(c);
      case COMMENT -> {
        word.append(c);
        if (word.length() >= 3 && word.substring(word.length() - 3).equals("-->")) {
          state = State.TEXT;
          word.setLength(0);
        }
      }
      case RAW -> raw(c);
    }
  }

  private void text(char c) {
    if (c == '<') {
      word.setLength(0);
      state = State.TAG_NAME;
    }
  }

  private void tagName(char c) {
    if (word.isEmpty() && !Character.isLetter(c) && c != '/' && c != '!') {
      state = State.TEXT;
      feed(c);
      return;
    }
    if (c == '>' || isSpace(c) || (c == '/' && !word.isEmpty())) {
      element = word.toString().toLowerCase(Locale.ROOT);
      state = State.TAG;
      if (c == '>') {
        endTag();
      }
      return;
    }
    word.append(c);
    if (word.length() == 3 && word.toString().equals("!--")) {
      state = State.COMMENT;
      word.setLength(0);
    }
  }

  private void endTag() {
    word.setLength(0);
    quote = 0;
    escaped = false;
    state = RAW_ELEMENTS.contains(element) ? State.RAW : State.TEXT;
  }

  private void name(char c) {
    if (c == '=' || isSpace(c) || c == '>' || c == '/') {
      attribute = word.toString().toLowerCase(Locale.ROOT);
      state = c == '=' ? State.BEFORE_VALUE : isSpace(c) ? State.AFTER_NAME : State.TAG;
      begin();
      if (c == '>') {
        endTag();
      }
    } else {
      word.append(c);
    }
  }

  private void begin() {
    begun = false;
    query = false;
    quote = 0;
    escaped = false;
  }

  private void value(char c) {
    if (c == delimiter || (delimiter == ' ' && isSpace(c))) {
      state = State.TAG;
      quote = 0;
    } else if (delimiter == ' ' && c == '>') {
      endTag();
    } else {
      begun = true;
      query |= c == '?' || c == '#';
      if (attribute.startsWith("on")) {
        script(c);
      }
    }
  }

  private void raw(char c) {
    word.append(c);
    String end = "</" + element;
    if (word.length() > end.length()) {
      word.delete(0, word.length() - end.length());
    }
    if (word.toString().equalsIgnoreCase(end)) {
      word.setLength(0);
      word.append('/').append(element);
      state = State.TAG_NAME;
    } else if (element.equals("script")) {
      script(c);
    }
  }

  private void script(char c) {
    if (escaped) {
      escaped = false;
    } else if (quote != 0 && c == '\\') {
      escaped = true;
    } else if (quote != 0) {
      quote = c == quote ? 0 : quote;
    } else if (c == '"' || c == '\'' || c == '`') {
      quote = c;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }
}
