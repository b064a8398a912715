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
      if (value instanceof SafeUrl safe) {
        return safe.url();
      }
      throw wrongType("string", index);
    }

    public List<?> list(int index) {
      if (GoValues.collection(values.get(index)) instanceof List<?> list) {
        return list;
      }
      throw wrongType("slice", index);
    }

    public long integer(int index) {
      if (values.get(index) instanceof Long number) {
        return number;
      }
      throw wrongType("int", index);
    }

    /** A duration, or a number of nanoseconds. */
    public GoDuration duration(int index) {
      return values.get(index) instanceof Long nanos
          ? new GoDuration(nanos)
          : object(index, GoDuration.class, "time.Duration");
    }

    public <T> T object(int index, Class<T> type, String typeName) {
      Object value = values.get(index);
      if (type.isInstance(value)) {
        return type.cast(value);
      }
      throw wrongType(typeName, index);
    }

    private WrongArgumentException wrongType(String wanted, int index) {
      return new WrongArgumentException(wanted, values.get(index), index);
    }
  }

  /** An argument has a type that the function does not take. */
  static final class WrongArgumentException extends TemplateException {
    private static final long serialVersionUID = 1L;

    private final String wanted;
    private final int index;

    WrongArgumentException(String wanted, @Nullable Object value, int index) {
      super(
          "wrong type for value; expected %s; got %s".formatted(wanted, GoValues.typeName(value)),
          null);
      this.wanted = wanted;
      this.index = index;
    }

    /** The type that it should have. */
    String wanted() {
      return wanted;
    }

    /** Which argument, from 0. */
    int index() {
      return index;
    }
  }
}
