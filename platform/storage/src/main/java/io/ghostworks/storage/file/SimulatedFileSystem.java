package io.ghostworks.storage.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that behaves as badly as the contract of {@link FileSystem} permits, the same
 * way for the same seed: on {@link #crash()} writes and names that were not synced are kept, torn,
 * reordered or lost by chance, and any call can be made to fail with {@link #failCall}.
 *
 * <p>For tests and simulations of everything that stores data. Safe for use by many threads; the
 * order of calls, and with it the outcome, is only reproducible when one thread drives it. Files
 * are limited to 2 GiB together.
 */
public final class SimulatedFileSystem implements FileSystem {
  private record NameChange(Path path, @Nullable SimulatedFile file) {}

  private final RandomGenerator random;
  private final TreeMap<Path, SimulatedFile> names = new TreeMap<>();
  private final TreeMap<Path, SimulatedFile> durableNames = new TreeMap<>();
  private final TreeMap<Path, List<List<NameChange>>> unsyncedNames = new TreeMap<>();
  private final Set<Path> directories = new HashSet<>();
  private final Set<Path> locked = new HashSet<>();
  private final Map<Long, SimulatedFault> faults = new HashMap<>();
  private final List<String> log = new ArrayList<>();
  private long capacityBytes = Integer.MAX_VALUE;
  private long calls;
  private int powerCycle;
  private boolean powerFailed;

  public SimulatedFileSystem(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** How many calls that can fail were made so far. */
  public synchronized long calls() {
    return calls;
  }

  /** Makes a later call fail; calls are counted from 1, see {@link #calls()}. */
  public synchronized void failCall(long call, SimulatedFault fault) {
    faults.put(call, fault);
  }

  /** Takes back all faults that have not happened yet. */
  public synchronized void failNothing() {
    faults.clear();
  }

  /**
   * Whether the power failed by {@link SimulatedFault#CRASH} and nobody has called {@link #crash()}
   * since.
   */
  public synchronized boolean isPowerFailed() {
    return powerFailed;
  }

  /** The calls so far, each with its number, name and path, for the message of a failed test. */
  public synchronized List<String> log() {
    return List.copyOf(log);
  }

  /**
   * Sets the size of the disk, which decides about {@link #freeBytes} and {@link NoSpaceException}.
   */
  public synchronized void capacityBytes(long bytes) {
    capacityBytes = bytes;
  }

  /**
   * Loss of power and restart: what was not synced survives by chance; locks and open handles are
   * gone.
   */
  public synchronized void crash() {
    for (List<List<NameChange>> changes : unsyncedNames.values()) {
      for (List<NameChange> change : changes) {
        if (random.nextBoolean()) {
          change.forEach(this::makeDurable);
        }
      }
    }
    unsyncedNames.clear();
    names.clear();
    names.putAll(durableNames);
    new HashSet<>(names.values()).forEach(file -> file.crash(random));
    restart();
  }

  /** Death of the process alone: everything written stays, locks and open handles are gone. */
  public synchronized void killProcess() {
    restart();
  }

  /** Damages one bit of a file for good. */
  public synchronized void flipBit(Path path, long bit) throws NoSuchFileException {
    file(path).flipBit(bit);
  }

  /** A copy of a file's bytes as readers see them. */
  public synchronized byte[] content(Path path) throws NoSuchFileException {
    return file(path).content();
  }

  @Override
  public synchronized FileHandle create(Path path) throws IOException {
    call("create", path);
    Path key = key(path);
    if (names.containsKey(key) || directories.contains(key)) {
      throw new FileAlreadyExistsException(path.toString());
    }
    requireDirectory(key.getParent());
    SimulatedFile file = new SimulatedFile();
    change(new NameChange(key, file));
    return new SimulatedHandle(this, path, file, true, powerCycle);
  }

  @Override
  public synchronized FileHandle openForWriting(Path path) throws IOException {
    call("openForWriting", path);
    return new SimulatedHandle(this, path, file(path), true, powerCycle);
  }

  @Override
  public synchronized FileHandle openForReading(Path path) throws IOException {
    call("openForReading", path);
    return new SimulatedHandle(this, path, file(path), false, powerCycle);
  }

  @Override
  public synchronized boolean exists(Path path) {
    return names.containsKey(key(path)) || directories.contains(key(path));
  }

  @Override
  public synchronized long sizeBytes(Path path) throws IOException {
    call("sizeBytes", path);
    return file(path).size();
  }

  @Override
  public synchronized List<String> list(Path directory) throws IOException {
    call("list", directory);
    Path key = key(directory);
    requireDirectory(key);
    List<String> result = new ArrayList<>();
    for (Path path : names.keySet()) {
      if (key.equals(path.getParent())) {
        result.add(path.getFileName().toString());
      }
    }
    for (Path path : directories) {
      if (key.equals(path.getParent())) {
        result.add(path.getFileName().toString());
      }
    }
    result.sort(null);
    return result;
  }

  @Override
  public synchronized void createDirectories(Path directory) throws IOException {
    call("createDirectories", directory);
    for (Path path = key(directory); path != null; path = path.getParent()) {
      if (names.containsKey(path)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      directories.add(path);
    }
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    call("rename", from);
    SimulatedFile file = file(from);
    requireDirectory(key(to).getParent());
    change(new NameChange(key(from), null), new NameChange(key(to), file));
  }

  @Override
  public synchronized void link(Path existing, Path link) throws IOException {
    call("link", existing);
    SimulatedFile file = file(existing);
    requireDirectory(key(link).getParent());
    if (exists(link)) {
      throw new FileAlreadyExistsException(link.toString());
    }
    change(new NameChange(key(link), file));
  }

  @Override
  public synchronized void delete(Path path) throws IOException {
    call("delete", path);
    file(path);
    change(new NameChange(key(path), null));
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    SimulatedFault fault = nextFault("syncDirectory", directory);
    requireDirectory(key(directory));
    List<List<NameChange>> changes = unsyncedNames.remove(key(directory));
    if (changes != null) {
      for (List<NameChange> change : changes) {
        // As with a failed force: what it should have kept is kept or lost by chance, and no later
        // call mends it.
        if (fault == null || random.nextBoolean()) {
          change.forEach(this::makeDurable);
        }
      }
    }
    if (fault != null) {
      throw failure(fault, directory);
    }
  }

  @Override
  public synchronized long freeBytes(Path path) throws IOException {
    call("freeBytes", path);
    return freeBytes();
  }

  @Override
  public synchronized long totalBytes(Path path) {
    return capacityBytes;
  }

  @Override
  public synchronized Optional<FileLease> tryLock(Path path) throws IOException {
    call("tryLock", path);
    Path key = key(path);
    requireDirectory(key.getParent());
    if (!names.containsKey(key)) {
      change(new NameChange(key, new SimulatedFile()));
    }
    if (!locked.add(key)) {
      return Optional.empty();
    }
    int cycle = powerCycle;
    return Optional.of(
        new FileLease() {
          @Override
          public void write(ByteBuffer content) throws IOException {
            try (FileHandle file = openForWriting(path)) {
              int size = content.remaining();
              file.write(content, 0);
              file.truncate(size);
              file.force(true);
            }
          }

          @Override
          public void close() {
            unlock(key, cycle);
          }
        });
  }

  /** Counts a call that changes nothing by itself, and fails it when that was asked for. */
  void call(String name, Path path) throws IOException {
    SimulatedFault fault = nextFault(name, path);
    if (fault != null) {
      throw failure(fault, path);
    }
  }

  void callWrite(Path path, SimulatedFile file, int position, byte[] bytes) throws IOException {
    SimulatedFault fault = nextFault("write", path);
    long growth = Math.max(0L, (long) position + bytes.length - file.size());
    if (fault == null && growth > freeBytes()) {
      throw new NoSpaceException(path);
    }
    if (fault == SimulatedFault.TORN || fault == SimulatedFault.CRASH) {
      file.write(position, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
    }
    if (fault != null) {
      throw failure(fault, path);
    }
    file.write(position, bytes);
  }

  void callForce(Path path, SimulatedFile file) throws IOException {
    SimulatedFault fault = nextFault("force", path);
    if (fault != null) {
      file.loseForce(random);
      throw failure(fault, path);
    }
    file.force();
  }

  void checkPower(int handleCycle) throws IOException {
    if (powerFailed || handleCycle != powerCycle) {
      throw new IOException("the simulated power has failed");
    }
  }

  private @Nullable SimulatedFault nextFault(String name, Path path) throws IOException {
    checkPower(powerCycle);
    calls++;
    SimulatedFault fault = faults.remove(calls);
    log.add(calls + " " + name + " " + path.getFileName() + (fault == null ? "" : " " + fault));
    return fault;
  }

  private IOException failure(SimulatedFault fault, Path path) {
    return switch (fault) {
      case IO_ERROR, TORN -> new IOException("simulated input/output error on %s".formatted(path));
      case NO_SPACE -> new NoSpaceException(path);
      case CRASH -> {
        powerFailed = true;
        yield new IOException("the simulated power has failed");
      }
    };
  }

  private long freeBytes() {
    long used = 0;
    for (SimulatedFile file : names.values()) {
      used += file.size();
    }
    return Math.max(0, capacityBytes - used);
  }

  private void change(NameChange... changes) {
    for (NameChange change : changes) {
      apply(names, change);
    }
    Path directory = changes[0].path().getParent();
    unsyncedNames.computeIfAbsent(directory, ignored -> new ArrayList<>()).add(List.of(changes));
  }

  private void makeDurable(NameChange change) {
    apply(durableNames, change);
  }

  private static void apply(Map<Path, SimulatedFile> target, NameChange change) {
    if (change.file() == null) {
      target.remove(change.path());
    } else {
      target.put(change.path(), change.file());
    }
  }

  private SimulatedFile file(Path path) throws NoSuchFileException {
    SimulatedFile file = names.get(key(path));
    if (file == null) {
      throw new NoSuchFileException(path.toString());
    }
    return file;
  }

  private void requireDirectory(@Nullable Path directory) throws NoSuchFileException {
    if (directory == null || !directories.contains(directory)) {
      throw new NoSuchFileException(String.valueOf(directory));
    }
  }

  private synchronized void unlock(Path key, int cycle) {
    if (cycle == powerCycle) {
      locked.remove(key);
    }
  }

  private void restart() {
    locked.clear();
    powerCycle++;
    powerFailed = false;
  }

  private static Path key(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
