package io.ghostworks.storage.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own file system. Stateless and safe for use by many threads. */
public final class DiskFileSystem implements FileSystem {
  @Override
  public FileHandle create(Path path) throws IOException {
    return DiskFileHandle.open(path, READ, WRITE, CREATE_NEW);
  }

  @Override
  public FileHandle openForWriting(Path path) throws IOException {
    return DiskFileHandle.open(path, READ, WRITE);
  }

  @Override
  public FileHandle openForReading(Path path) throws IOException {
    return DiskFileHandle.open(path, READ);
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path);
  }

  @Override
  public long sizeBytes(Path path) throws IOException {
    return Files.size(path);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Override
  public void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      createDirectories(parent);
    }
    Files.createDirectories(directory);
    if (parent != null) {
      syncDirectory(parent);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void link(Path existing, Path link) throws IOException {
    try {
      Files.createLink(link, existing);
    } catch (UnsupportedOperationException e) {
      throw new IOException(
          "the file system of %s must have hard links, and has none".formatted(existing), e);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true);
    }
  }

  @Override
  public long freeBytes(Path path) throws IOException {
    return Files.getFileStore(path).getUsableSpace();
  }

  @Override
  public long totalBytes(Path path) throws IOException {
    return Files.getFileStore(path).getTotalSpace();
  }

  @Override
  public Optional<FileLease> tryLock(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, READ, WRITE, CREATE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new DiskLease(channel));
      }
    } catch (OverlappingFileLockException heldInThisProcess) {
      // The platform's answer for a lock that this process holds; to the caller it is as taken as
      // any other.
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }
}
