package io.ghostworks.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function that templates may call.
 *
 * @param argumentsMin the least number of arguments
 * @param argumentsMax the most, or {@link #ANY}
 */
public record GoFunction(int argumentsMin, int argumentsMax, Body body) {

  /** As many arguments as are given. */
  public static final int ANY = Integer.MAX_VALUE;

  /** What a function does. Its failure is a {@link TemplateException}. */
  @FunctionalInterface
  public interface Body {
    @Nullable Object call(Arguments arguments);
  }

  public static GoFunction of(int arguments, Body body) {
    return new GoFunction(arguments, arguments, body);
  }

  public static GoFunction variadic(int argumentsMin, Body body) {
    return new GoFunction(argumentsMin, ANY, body);
  }

  /** The arguments of one call, with Go's checks of their types. */
  public static final class Arguments {
    private final List<@Nullable Object> values;

    Arguments(List<@Nullable Object> values) {
      this.values = values;
    }

    public int size() {
      return values.size();
    }

    /** An argument of any type. */
    public @Nullable Object any(int index) {
      return values.get(index);
    }

    /** All arguments; not to be changed. */
    public List<@Nullable Object> all() {
      return values;
    }

    public String text(int index) {
      Object value = values.get(index);
      if (value instanceof String text) {
        return text;
      }
      if (value instanceof SafeHtml safe) {
        return safe.html();
      }
      throw wrongType("string", value);
    }

    public List<?> list(int index) {
      if (GoValues.collection(values.get(index)) instanceof List<?> list) {
        return list;
      }
      throw wrongType("slice", values.get(index));
    }

    public long integer(int index) {
      if (values.get(index) instanceof Long number) {
        return number;
      }
      throw wrongType("int", values.get(index));
    }

    public <T> T object(int index, Class<T> type, String typeName) {
      Object value = values.get(index);
      if (type.isInstance(value)) {
        return type.cast(value);
      }
      throw wrongType(typeName, value);
    }

    private static TemplateException wrongType(String wanted, @Nullable Object value) {
      return new TemplateException(
          "wrong type for value; expected %s; got %s".formatted(wanted, GoValues.typeName(value)));
    }
  }
}
