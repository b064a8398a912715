package io.ghostworks.alertmanager.notify;

/**
 * One request to a receiver with its answer, as they are kept: without secrets, and cut where they
 * are long.
 *
 * @param request method and address, such as {@code POST https://hooks.example.org/…}
 * @param payload what was sent
 * @param status the answer's status; 0 where there was no answer
 * @param response the answer's body
 */
public record Exchange(String request, String payload, int status, String response) {

  /** The longest payload that is kept. */
  public static final int PAYLOAD_CHARS_MAX = 16 << 10;

  /** The longest response that is kept. */
  public static final int RESPONSE_CHARS_MAX = 4 << 10;

  public Exchange {
    payload = cut(payload, PAYLOAD_CHARS_MAX);
    response = cut(response, RESPONSE_CHARS_MAX);
  }

  private static String cut(String text, int charsMax) {
    if (text.length() <= charsMax) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(charsMax - 1)) ? charsMax - 1 : charsMax;
    return "%s… (%d more chars)".formatted(text.substring(0, end), text.length() - end);
  }
}
