package io.ghostworks.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;

/**
 * The state in one SQLite file, {@code state/ghostworks.db} under the data directory.
 *
 * <p>The rollback journal is kept (PERSIST) and synced (FULL), and both files are grown beforehand,
 * so that a transaction on a full disk still finds its bytes. One connection, owned by one platform
 * thread, does everything: SQLite is native code, which would pin a virtual thread's carrier. What
 * waits meanwhile is committed together ({@link GroupCommit}).
 */
public final class SqliteState implements State {

  /** The file below the data directory. */
  public static final String FILE = "state/ghostworks.db";

  private final ExecutorService thread;
  private final Handle handle;
  private final GroupCommit commits;

  private SqliteState(ExecutorService thread, Handle handle) {
    this.thread = thread;
    this.handle = handle;
    this.commits = new GroupCommit(thread, handle, new SqliteTables(handle));
  }

  /**
   * Opens the state of a data directory, and makes or migrates it where needed.
   *
   * @throws StateException if the file is damaged, not writable, or of a newer version
   */
  public static SqliteState open(Path dataDirectory) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("ghostworks-state").factory());
    try {
      return new SqliteState(thread, call(thread, () -> openHandle(dataDirectory.resolve(FILE))));
    } catch (RuntimeException e) {
      thread.shutdown();
      throw e;
    }
  }

  @Override
  public <T> T transaction(Work<T> work) {
    return result(commits.submit(work));
  }

  @Override
  public void close() {
    if (!thread.isShutdown()) {
      call(
          thread,
          () -> {
            Connection connection = handle.getConnection();
            handle.close();
            connection.close();
            return true;
          });
      thread.close();
    }
  }

  private static Handle openHandle(Path file) throws IOException {
    try {
      Files.createDirectories(file.getParent());
      SqliteMigration.run(file);
      Connection connection = connect(file);
      try {
        SqliteReserve.grow(connection);
        return Jdbi.create(connection).open();
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new StateException(
          "the state file %s cannot be opened: %s; check that the directory is writable and not full, or restore the file from a backup"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.PERSIST);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(5_000);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static <T> T call(ExecutorService thread, Callable<T> task) {
    return result(thread.submit(task));
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StateException("interrupted while waiting for the state", e);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return switch (e.getCause()) {
      case StateException known -> known;
      case org.jdbi.v3.core.JdbiException database ->
          new StateException("the state cannot be stored: " + database.getMessage(), database);
      case RuntimeException other -> other;
      case Throwable other -> new StateException("the state cannot be used: " + other, other);
      case null -> new StateException("the state cannot be used", e);
    };
  }
}
