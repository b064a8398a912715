package io.ghostworks.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every file system must do while nothing fails; the disk and its twin both pass. */
abstract class FileSystemContract {
  abstract FileSystem files();

  /** An existing empty directory. */
  abstract Path directory();

  @Test
  void readsWhatWasWrittenAtItsPosition() throws IOException {
    try (FileHandle file = files().create(path("a"))) {
      file.write(bytes("world"), 6);
      file.write(bytes("hello "), 0);
      assertThat(file.sizeBytes()).isEqualTo(11);
      assertThat(text(file, 0, 11)).isEqualTo("hello world");
      file.write(bytes("W"), 6);
      file.force(true);
    }
    try (FileHandle file = files().openForReading(path("a"))) {
      assertThat(text(file, 6, 5)).isEqualTo("World");
    }
    assertThat(files().sizeBytes(path("a"))).isEqualTo(11);
  }

  @Test
  void aLinkKeepsTheBytesWhenTheFirstNameIsDeleted() throws IOException {
    try (FileHandle file = files().create(path("first"))) {
      file.write(bytes("kept"), 0);
      file.force(true);
    }
    files().link(path("first"), path("second"));
    assertThatThrownBy(() -> files().link(path("first"), path("second")))
        .isInstanceOf(FileAlreadyExistsException.class);
    files().delete(path("first"));

    try (FileHandle file = files().openForReading(path("second"))) {
      assertThat(text(file, 0, 4)).isEqualTo("kept");
    }
    assertThatThrownBy(() -> files().link(path("first"), path("third")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void fillsAGapWithZeros() throws IOException {
    try (FileHandle file = files().create(path("gap"))) {
      file.write(bytes("x"), 3);
      assertThat(text(file, 0, 4)).isEqualTo("\0\0\0x");
    }
  }

  @Test
  void readsNothingAtTheEndAndRefusesToReadFully() throws IOException {
    try (FileHandle file = files().create(path("short"))) {
      file.write(bytes("abc"), 0);
      ByteBuffer target = ByteBuffer.allocate(8);
      assertThat(file.read(target, 1)).isEqualTo(2);
      assertThat(file.read(target, 3)).isZero();
      assertThat(file.read(target, 300)).isZero();
      assertThatThrownBy(() -> file.readFully(ByteBuffer.allocate(4), 0))
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void preallocatesWithZerosAndKeepsContent() throws IOException {
    try (FileHandle file = files().create(path("pre"))) {
      file.write(bytes("abc"), 0);
      file.preallocate(600_000);
      assertThat(file.sizeBytes()).isEqualTo(600_000);
      assertThat(text(file, 0, 4)).isEqualTo("abc\0");
      assertThat(text(file, 599_999, 1)).isEqualTo("\0");
      file.preallocate(10);
      assertThat(file.sizeBytes()).isEqualTo(600_000);
    }
  }

  @Test
  void truncatesAndGrowsAgainWithZeros() throws IOException {
    try (FileHandle file = files().create(path("cut"))) {
      file.write(bytes("abcdef"), 0);
      file.truncate(2);
      assertThat(file.sizeBytes()).isEqualTo(2);
      file.truncate(100);
      assertThat(file.sizeBytes()).isEqualTo(2);
      file.write(bytes("z"), 4);
      assertThat(text(file, 0, 5)).isEqualTo("ab\0\0z");
    }
  }

  @Test
  void mapsARangeUntilItsArenaCloses() throws IOException {
    try (FileHandle file = files().create(path("map"))) {
      file.write(bytes("0123456789"), 0);
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment segment = file.map(2, 5, arena);
        assertThat(segment.byteSize()).isEqualTo(5);
        assertThat(segment.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) '2');
        assertThat(segment.isReadOnly()).isTrue();
      }
      try (Arena arena = Arena.ofConfined()) {
        assertThatThrownBy(() -> file.map(8, 5, arena))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("inside");
      }
    }
  }

  @Test
  void createsOnlyNewFilesAndOpensOnlyExistingOnes() throws IOException {
    files().create(path("a")).close();
    assertThatThrownBy(() -> files().create(path("a")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> files().openForReading(path("b")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> files().openForWriting(path("b")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> files().sizeBytes(path("b"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> files().delete(path("b"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> files().rename(path("b"), path("c")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> files().list(path("nowhere"))).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> files().create(path("nowhere").resolve("x")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(files().deleteIfExists(path("b"))).isFalse();
    assertThat(files().deleteIfExists(path("a"))).isTrue();
    assertThat(files().exists(path("a"))).isFalse();
  }

  @Test
  void renamesOverAnExistingFile() throws IOException {
    write("old", "old text");
    write("new", "new text");
    files().rename(path("new"), path("old"));
    files().syncDirectory(directory());
    assertThat(read("old")).isEqualTo("new text");
    assertThat(files().list(directory())).containsExactly("old");
  }

  @Test
  void listsNamesSortedWithDirectories() throws IOException {
    write("b", "");
    write("a", "");
    files().createDirectories(path("c").resolve("d"));
    files().createDirectories(path("c"));
    assertThat(files().list(directory())).containsExactly("a", "b", "c");
    assertThat(files().list(path("c"))).containsExactly("d");
    assertThat(files().exists(path("c"))).isTrue();
  }

  @Test
  void refusesADirectoryWhereAFileIs() throws IOException {
    write("file", "");
    assertThatThrownBy(() -> files().createDirectories(path("file").resolve("x")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void keepsAnOpenFileReadableAfterItsDeletion() throws IOException {
    write("gone", "still here");
    try (FileHandle file = files().openForReading(path("gone"))) {
      files().delete(path("gone"));
      assertThat(text(file, 0, 10)).isEqualTo("still here");
    }
  }

  @Test
  void refusesUseAfterClose() throws IOException {
    FileHandle file = files().create(path("closed"));
    file.close();
    file.close();
    assertThatThrownBy(() -> file.write(bytes("x"), 0)).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void locksAFileOnce() throws IOException {
    FileLease lease = files().tryLock(path("lock")).orElseThrow();
    assertThat(files().tryLock(path("lock"))).isEmpty();
    lease.close();
    try (FileLease again = files().tryLock(path("lock")).orElseThrow()) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void knowsItsSpace() throws IOException {
    assertThat(files().freeBytes(directory())).isBetween(1L, files().totalBytes(directory()));
  }

  @Test
  void agreesWithAByteArrayOverRandomWrites() throws IOException {
    long seed = Long.getLong("ghostworks.seed", 5);
    Random random = new Random(seed);
    byte[] model = new byte[50_000];
    int size = 0;
    try (FileHandle file = files().create(path("random"))) {
      for (int i = 0; i < 300; i++) {
        byte[] piece = new byte[random.nextInt(2_000)];
        random.nextBytes(piece);
        int at = random.nextInt(model.length - piece.length);
        file.write(ByteBuffer.wrap(piece), at);
        System.arraycopy(piece, 0, model, at, piece.length);
        size = piece.length == 0 ? size : Math.max(size, at + piece.length);
      }
      ByteBuffer all = ByteBuffer.allocate(size);
      file.readFully(all, 0);
      assertThat(all.array()).as("seed %d", seed).isEqualTo(Arrays.copyOf(model, size));
    }
  }

  final Path path(String name) {
    return directory().resolve(name);
  }

  final void write(String name, String text) throws IOException {
    try (FileHandle file = files().create(path(name))) {
      file.write(bytes(text), 0);
      file.force(true);
    }
    files().syncDirectory(directory());
  }

  final String read(String name) throws IOException {
    try (FileHandle file = files().openForReading(path(name))) {
      return text(file, 0, (int) file.sizeBytes());
    }
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(FileHandle file, long position, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    file.readFully(target, position);
    return new String(target.array(), StandardCharsets.UTF_8);
  }
}
