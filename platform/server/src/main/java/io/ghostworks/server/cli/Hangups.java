package io.ghostworks.server.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signal SIGHUP. Java has signals only in {@code sun.misc}, which is reached by its names so
 * that a virtual machine without it merely lacks the signal.
 */
final class Hangups {

  private static final Logger log = LoggerFactory.getLogger(Hangups.class);

  private Hangups() {}

  /** Runs a task at each signal, on a thread of its own; without it a signal ends the process. */
  @SuppressWarnings("ReferenceEquality") // a proxy equals itself alone
  static void onEach(Runnable task) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler invocation =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  task.run();
                  yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "Hangups";
              };
      Object handling =
          Proxy.newProxyInstance(
              handler.getClassLoader() == null
                  ? Hangups.class.getClassLoader()
                  : handler.getClassLoader(),
              new Class<?>[] {handler},
              invocation);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
    } catch (ReflectiveOperationException e) {
      log.warn("SIGHUP does not reload the configuration: {}", e.toString());
    }
  }
}
