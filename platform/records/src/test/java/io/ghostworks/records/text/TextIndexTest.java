package io.ghostworks.records.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextIndexTest {

  private final WordDictionaryWriter words = new WordDictionaryWriter();
  private final List<byte[]> filters = new ArrayList<>();
  private final BlockTokens tokens = new BlockTokens();

  @Test
  void neverLeavesOutABlockThatHoldsTheNeedle() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    List<List<byte[]>> blocks = new ArrayList<>();
    for (int block = 0; block < 30; block++) {
      blocks.add(RandomTexts.block(random, 1 + random.nextInt(60)));
      add(blocks.get(block));
    }
    WordDictionary dictionary = dictionary();
    for (int round = 0; round < 300; round++) {
      byte[] wanted = RandomTexts.piece(random, blocks.get(random.nextInt(30)));
      boolean ignoreCase = random.nextInt(4) == 0;
      Needle needle = ignoreCase ? Needle.ignoringCase(wanted) : Needle.of(wanted);
      BitSet candidates = candidates(dictionary, needle);
      for (int block = 0; block < 30; block++) {
        for (byte[] text : blocks.get(block)) {
          assertTrue(
              candidates.get(block) || !needle.occursIn(text, 0, text.length),
              "seed %d block %d needle '%s' text '%s'"
                  .formatted(seed, block, text(wanted), text(text)));
        }
      }
    }
  }

  @Test
  void leavesOutBlocksWithoutAWordAnIdOrAPieceOfAWord() throws Exception {
    add(List.of(bytes("request took 17 ms"), bytes("gateway timeout in wayTimeoutXyz")));
    add(List.of(bytes("user 3f9a21bc77 logged in"), bytes("requests are many")));
    WordDictionary dictionary = dictionary();
    assertEquals("{0}", candidates(dictionary, " request ").toString());
    assertEquals("{0, 1}", candidates(dictionary, "request").toString());
    assertEquals("{0}", candidates(dictionary, "TimeoutX").toString());
    assertEquals("{1}", candidates(dictionary, " 3f9a21bc77 ").toString());
    assertEquals("{0, 1}", candidates(dictionary, "9a21bc").toString());
    assertEquals("{}", candidates(dictionary, " absent ").toString());
    assertEquals("{}", candidates(dictionary, "TIMEOUTX").toString());
    assertEquals("{0}", candidates(dictionary, Needle.ignoringCase(bytes("TIMEOUTX"))).toString());
  }

  @Test
  void aBlockWithTooManyWordsMayHoldAny() throws Exception {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < BlockTokens.WORDS_MAX + 10; i++) {
      many.append(letters(i)).append(' ');
    }
    add(List.of(bytes(many.toString())));
    assertEquals("{0}", candidates(dictionary(), " absent ").toString());
  }

  @Test
  void refusesOrSurvivesAnyDamage() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    add(RandomTexts.block(random, 100));
    add(RandomTexts.block(random, 100));
    BytesOutput out = new BytesOutput(16, 1 << 20);
    words.write(out);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] bad = out.toByteArray();
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      try {
        WordDictionary dictionary = WordDictionary.open(new BytesInput(bad), 2);
        dictionary.retain(NeedleTerms.of(Needle.of(bytes(" error request"))), new BitSet());
      } catch (DamagedDataException e) {
        refused++;
      }
    }
    assertFalse(refused == 0, "seed " + seed);
  }

  private void add(List<byte[]> texts) {
    tokens.clear();
    ByteArena arena = new ByteArena(16);
    long[] slices = texts.stream().mapToLong(t -> arena.append(t, 0, t.length)).toArray();
    BytesOutput out = new BytesOutput(16, 1 << 28);
    new TextColumnWriter().write(arena, slices, slices.length, out, tokens);
    words.add(tokens);
    out.clear();
    TokenFilter.write(tokens, out);
    filters.add(out.toByteArray());
  }

  private WordDictionary dictionary() throws DamagedDataException {
    BytesOutput out = new BytesOutput(16, 1 << 28);
    words.write(out);
    return WordDictionary.open(new BytesInput(out.toByteArray()), filters.size());
  }

  private BitSet candidates(WordDictionary dictionary, String needle) throws Exception {
    return candidates(dictionary, Needle.of(bytes(needle)));
  }

  private BitSet candidates(WordDictionary dictionary, Needle needle) throws Exception {
    NeedleTerms terms = NeedleTerms.of(needle);
    BitSet candidates = new BitSet();
    candidates.set(0, filters.size());
    dictionary.retain(terms, candidates);
    for (int block = 0; block < filters.size(); block++) {
      byte[] filter = filters.get(block);
      if (!terms.mayBeIn(filter, 0, filter.length)) {
        candidates.clear(block);
      }
    }
    return candidates;
  }

  private static String letters(int number) {
    StringBuilder word = new StringBuilder("w");
    for (int rest = number; rest > 0; rest /= 26) {
      word.append((char) ('a' + rest % 26));
    }
    return word.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
