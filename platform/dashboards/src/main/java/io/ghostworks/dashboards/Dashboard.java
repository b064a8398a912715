package io.ghostworks.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A dashboard.
 *
 * @param folder the title of its folder, or "" for the general one
 * @param origin the file it comes from, as given
 * @param original the text of the file
 * @param json complete: with uid, panel ids and places; not to be changed
 */
public record Dashboard(
    String uid, String title, String folder, String origin, String original, ObjectNode json) {

  /** The labels by which it is found. */
  public List<String> tags() {
    List<String> tags = new ArrayList<>();
    for (JsonNode tag : json.path("tags")) {
      if (tag.isTextual()) {
        tags.add(tag.textValue());
      }
    }
    return tags;
  }

  /** The title as a part of an address. */
  public String slug() {
    StringBuilder out = new StringBuilder();
    for (char c : title.toLowerCase(Locale.ROOT).toCharArray()) {
      boolean kept = Character.isLetterOrDigit(c) && c < 0x80;
      if (kept) {
        out.append(c);
      } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '-') {
        out.append('-');
      }
    }
    while (!out.isEmpty() && out.charAt(out.length() - 1) == '-') {
      out.setLength(out.length() - 1);
    }
    return out.isEmpty() ? "dashboard" : out.toString();
  }
}
