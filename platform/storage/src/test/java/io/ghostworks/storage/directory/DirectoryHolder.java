package io.ghostworks.storage.directory;

import io.ghostworks.storage.file.DiskFileSystem;
import java.io.IOException;
import java.nio.file.Path;

/** A process that opens a data directory and says what came of it. */
final class DirectoryHolder {

  private DirectoryHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (DataDirectory directory =
        DataDirectory.open(
            new DiskFileSystem(), Path.of(arguments[0]), ProcessHandle.current().pid())) {
      System.out.println("open: " + directory.path());
    } catch (DataDirectoryException e) {
      System.out.println(e.getMessage());
    }
  }
}
