package io.ghostworks.server.wiring;

import io.ghostworks.storage.file.DiskFileSystem;
import io.ghostworks.storage.file.FileHandle;
import io.ghostworks.storage.file.FileLease;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The disk, whose free space is what a test says. */
final class GivenFreeSpace implements FileSystem {
  private final FileSystem disk = new DiskFileSystem();
  volatile long freeBytes = 1L << 40;

  @Override
  public long freeBytes(Path path) {
    return freeBytes;
  }

  @Override
  public FileHandle create(Path path) throws IOException {
    return disk.create(path);
  }

  @Override
  public FileHandle openForWriting(Path path) throws IOException {
    return disk.openForWriting(path);
  }

  @Override
  public FileHandle openForReading(Path path) throws IOException {
    return disk.openForReading(path);
  }

  @Override
  public boolean exists(Path path) {
    return disk.exists(path);
  }

  @Override
  public long sizeBytes(Path path) throws IOException {
    return disk.sizeBytes(path);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    disk.createDirectories(directory);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public void link(Path existing, Path link) throws IOException {
    disk.link(existing, link);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk.delete(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    disk.syncDirectory(directory);
  }

  @Override
  public long totalBytes(Path path) throws IOException {
    return disk.totalBytes(path);
  }

  @Override
  public Optional<FileLease> tryLock(Path path) throws IOException {
    return disk.tryLock(path);
  }
}
