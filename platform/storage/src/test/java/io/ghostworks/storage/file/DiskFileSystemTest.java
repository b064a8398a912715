package io.ghostworks.storage.file;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskFileSystemTest extends FileSystemContract {
  @TempDir Path directory;

  private final DiskFileSystem files = new DiskFileSystem();

  @Override
  FileSystem files() {
    return files;
  }

  @Override
  Path directory() {
    return directory;
  }
}
