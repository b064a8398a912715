package io.ghostworks.instrumentation.jdbc;

import io.ghostworks.instrumentation.metrics.DatabaseMetrics;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose statements are observed. It passes every call on; like the connection below
 * it, it belongs to one thread at a time.
 */
final class ObservedConnection implements InvocationHandler {
  private final Connection target;
  private final StatementObserver observer;
  private final DatabaseMetrics metrics;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private ObservedConnection(
      Connection target, StatementObserver observer, DatabaseMetrics metrics) {
    this.target = target;
    this.observer = observer;
    this.metrics = metrics;
  }

  static Connection around(Connection target, StatementObserver observer, DatabaseMetrics metrics) {
    return proxy(Connection.class, new ObservedConnection(target, observer, metrics));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    return switch (method.getName()) {
      case "equals" -> isSame(proxy, arguments);
      case "hashCode" -> System.identityHashCode(proxy);
      case "close", "abort" -> {
        if (open.compareAndSet(true, false)) {
          metrics.connectionClosed();
        }
        yield call(target, method, arguments);
      }
      default -> {
        Object result = call(target, method, arguments);
        yield result instanceof Statement statement
            ? around(statement, (Connection) proxy, arguments)
            : result;
      }
    };
  }

  /** Equality of proxies is identity, as that of connections and statements is. */
  @SuppressWarnings("ReferenceEquality")
  static boolean isSame(Object proxy, Object @Nullable [] arguments) {
    return arguments != null && arguments.length == 1 && proxy == arguments[0];
  }

  private Statement around(
      Statement statement, Connection connection, Object @Nullable [] arguments) {
    String sql =
        arguments != null && arguments.length > 0 && arguments[0] instanceof String text
            ? text
            : null;
    InvocationHandler handler = new ObservedStatement(statement, connection, sql, observer);
    if (statement instanceof CallableStatement) {
      return proxy(CallableStatement.class, handler);
    }
    return statement instanceof PreparedStatement
        ? proxy(PreparedStatement.class, handler)
        : proxy(Statement.class, handler);
  }

  static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            ObservedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
