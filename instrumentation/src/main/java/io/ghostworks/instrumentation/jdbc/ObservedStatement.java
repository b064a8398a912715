package io.ghostworks.instrumentation.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement whose executions are observed; it belongs to one thread at a time. */
final class ObservedStatement implements InvocationHandler {
  private final Statement target;
  private final Connection connection;
  private final StatementObserver observer;
  private @Nullable String sql;
  private int batchSize;

  ObservedStatement(
      Statement target, Connection connection, @Nullable String sql, StatementObserver observer) {
    this.target = target;
    this.connection = connection;
    this.sql = sql;
    this.observer = observer;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    return switch (name) {
      case "equals" -> ObservedConnection.isSame(proxy, arguments);
      case "hashCode" -> System.identityHashCode(proxy);
      case "getConnection" -> connection;
      case "addBatch" -> {
        batchSize++;
        sql = textOf(arguments);
        yield ObservedConnection.call(target, method, arguments);
      }
      case "clearBatch" -> {
        batchSize = 0;
        yield ObservedConnection.call(target, method, arguments);
      }
      default ->
          name.startsWith("execute")
              ? executed(method, arguments)
              : ObservedConnection.call(target, method, arguments);
    };
  }

  private @Nullable Object executed(Method method, Object @Nullable [] arguments) throws Throwable {
    String text = textOf(arguments);
    int size = batchSize;
    batchSize = 0;
    return observer.observe(
        text == null ? "" : text, size, () -> ObservedConnection.call(target, method, arguments));
  }

  private @Nullable String textOf(Object @Nullable [] arguments) {
    return arguments != null && arguments.length > 0 && arguments[0] instanceof String text
        ? text
        : sql;
  }
}
