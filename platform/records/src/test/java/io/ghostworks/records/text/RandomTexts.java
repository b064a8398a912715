package io.ghostworks.records.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Texts like those of logs, and unlike them. */
final class RandomTexts {

  private RandomTexts() {}

  /** Texts of a few forms, some of them hostile. */
  static List<byte[]> block(Random random, int rows) {
    List<String> forms = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      forms.add(form(random));
    }
    int oddity = random.nextInt(3) == 0 ? 3 : 40;
    List<byte[]> texts = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      if (random.nextInt(oddity) == 0) {
        texts.add(odd(random));
      } else {
        texts.add(bytes(fill(random, forms.get(random.nextInt(forms.size())), row)));
      }
    }
    return texts;
  }

  /** A piece of one of the texts, or something else. */
  static byte[] piece(Random random, List<byte[]> texts) {
    if (random.nextInt(10) == 0) {
      return bytes(word(random));
    }
    byte[] text = texts.get(random.nextInt(texts.size()));
    int from = random.nextInt(text.length + 1);
    int to = Math.min(text.length, from + random.nextInt(1 + random.nextInt(40)));
    byte[] piece = Arrays.copyOfRange(text, from, to);
    if (piece.length > 0 && random.nextInt(8) == 0) {
      piece[random.nextInt(piece.length)] = (byte) random.nextInt(128);
    }
    return piece;
  }

  private static String form(Random random) {
    StringBuilder form = new StringBuilder();
    boolean json = random.nextInt(3) == 0;
    int parts = 1 + random.nextInt(7);
    if (json) {
      form.append(random.nextBoolean() ? "{" : "{ ");
      for (int i = 0; i < parts; i++) {
        String key = random.nextInt(5) == 0 ? "k" : word(random) + i;
        form.append(i > 0 ? "," : "").append('"').append(key).append("\":");
        switch (random.nextInt(6)) {
          case 0 -> form.append("%n");
          case 1 -> form.append("{\"in\":\"%s\",\"a\":[%n,%n]}");
          case 2 -> form.append("\"%w user-%n took %nms\"");
          case 3 -> form.append("\"say \\\"%w\\\" \\u00e9 %e\"");
          case 4 -> form.append("%b");
          default -> form.append("\"%s\"");
        }
      }
      return form.append("}").toString();
    }
    for (int i = 0; i < parts; i++) {
      form.append(word(random)).append(random.nextInt(4) == 0 ? "=" : " ");
      String[] holes = {"%n", "%h", "%u", "%w", "x%n", "%nms", "%z", "%t", "%n.%n", "%f", "%e"};
      form.append(holes[random.nextInt(holes.length)]).append(random.nextInt(5) == 0 ? "" : " ");
    }
    return form.toString();
  }

  private static String fill(Random random, String form, int row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      if (c != '%') {
        text.append(c);
        continue;
      }
      switch (form.charAt(++i)) {
        case 'n' -> text.append(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(5000));
        case 'h' -> text.append(hex(random, 16));
        case 'u' -> {
          String id = hex(random, 32);
          text.append(id, 0, 8).append('-').append(id, 8, 12).append('-').append(id, 12, 16);
          text.append('-').append(id, 16, 20).append('-').append(id, 20, 32);
        }
        case 'w' -> text.append(word(random));
        case 'z' -> text.append("%05d".formatted(random.nextInt(100_000)));
        case 't' -> text.append(1_700_000_000_000L + row * 10L + random.nextInt(10));
        case 'f' -> text.append(random.nextInt(1000) / 100.0);
        case 'b' -> text.append(random.nextBoolean() ? "true" : "null");
        case 'e' -> text.append(random.nextBoolean() ? "" : "é");
        default -> text.append("/api/").append(word(random)).append('/').append(random.nextInt(50));
      }
    }
    return text.toString();
  }

  private static byte[] odd(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> new byte[0];
      case 1 -> {
        byte[] bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        yield bytes;
      }
      case 2 -> new byte[1 + random.nextInt(9)];
      case 3 -> bytes("x".repeat(random.nextInt(5000)));
      case 4 -> bytes("{\"a\":".repeat(random.nextInt(100)));
      case 5 -> bytes("{\"a\":\"\\");
      case 6 -> bytes("{" + "\"k\":1,".repeat(random.nextInt(700)) + "\"z\":\"\"}");
      case 7 ->
          bytes("-0 00 007 +1 18446744073709551616 1e5 0x1F aBcDeF12 deadbeef " + word(random));
      default -> bytes(word(random) + " " + word(random));
    };
  }

  private static String hex(Random random, int length) {
    byte[] bytes = new byte[length / 2];
    random.nextBytes(bytes);
    HexFormat format = random.nextInt(20) == 0 ? HexFormat.of().withUpperCase() : HexFormat.of();
    return format.formatHex(bytes);
  }

  private static String word(Random random) {
    String[] words = {
      "error", "Warn", "user", "request", "in", "GET", "timeout", "naïve", "db", "a", "x1", "10",
      "日本"
    };
    return words[random.nextInt(words.length)];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
