package io.ghostworks.saas.api.problem;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks of what requests bring; each refuses with the name of the field, the rule and the length
 * or count.
 */
public final class Inputs {
  /** Fixed length classes and single quantifiers: no input makes it slow. */
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,120}");

  private Inputs() {}

  public static String text(String field, @Nullable String value, int lengthMax) {
    if (value == null || value.isBlank()) {
      throw ApiProblem.invalid(field + " is required");
    }
    return bounded(field, value, lengthMax).strip();
  }

  /** A text that may be empty. */
  public static String bounded(String field, String value, int lengthMax) {
    if (value.length() > lengthMax) {
      throw ApiProblem.invalid(
          field + " must have at most " + lengthMax + " characters, got " + value.length());
    }
    int control = value.chars().filter(Character::isISOControl).findFirst().orElse(-1);
    if (control >= 0) {
      throw ApiProblem.invalid(
          "%s must have no control characters, got U+%04X".formatted(field, control));
    }
    return value;
  }

  public static String email(String field, @Nullable String value) {
    String email = text(field, value, 185);
    if (!EMAIL.matcher(email).matches()) {
      throw ApiProblem.invalid(field + " must be a mail address");
    }
    return email;
  }

  public static List<String> tags(@Nullable List<String> tags) {
    List<String> given = tags == null ? List.of() : tags;
    if (given.size() > 20) {
      throw ApiProblem.invalid("an artifact has at most 20 tags, got " + given.size());
    }
    return given.stream().map(tag -> text("a tag", tag, 50)).distinct().toList();
  }
}
