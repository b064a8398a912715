package io.ghostworks.server.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The three tokens of a data directory: {@code tokens/admin}, {@code tokens/ingest}, {@code
 * tokens/read}, files of mode 0600 that hold one line each. They are made when they are missing,
 * from 32 random bytes.
 */
public final class Tokens {

  private static final int RANDOM_BYTES = 32;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Map<Role, byte[]> tokens;

  private Tokens(Map<Role, byte[]> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads the tokens of a data directory and makes those that are missing.
   *
   * @throws IOException if a file cannot be read or written, or is empty
   */
  public static Tokens open(Path dataDirectory, SecureRandom random) throws IOException {
    Path folder = dataDirectory.resolve("tokens");
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder, OWNER_ONLY_FOLDER);
    }
    Map<Role, byte[]> tokens = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      Path file = folder.resolve(role.word());
      if (!Files.exists(file)) {
        create(file, random);
      }
      String token = Files.readString(file).strip();
      if (token.length() < 16) {
        throw new IOException(
            "the token in %s must have at least 16 characters: delete the file, and the next start makes a new one"
                .formatted(file));
      }
      tokens.put(role, token.getBytes(StandardCharsets.UTF_8));
    }
    return new Tokens(tokens);
  }

  private static void create(Path file, SecureRandom random) throws IOException {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n";
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try (var channel =
        Files.newByteChannel(
            draft,
            java.util.Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
            OWNER_ONLY)) {
      channel.write(java.nio.ByteBuffer.wrap(token.getBytes(StandardCharsets.UTF_8)));
    }
    Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /** The role of a token; compares in constant time. */
  public Optional<Role> role(String token) {
    byte[] candidate = token.getBytes(StandardCharsets.UTF_8);
    Role found = null;
    for (Map.Entry<Role, byte[]> entry : tokens.entrySet()) {
      if (MessageDigest.isEqual(entry.getValue(), candidate)) {
        found = entry.getKey();
      }
    }
    return Optional.ofNullable(found);
  }
}
