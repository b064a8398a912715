package io.ghostworks.records.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ghostworks.storage.bytes.DamagedDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextColumnUseTest {

  @Test
  void givesTemplatesAsPatternsWithTheirRows() throws Exception {
    TextColumn column =
        column(i ->
            i % 2 == 0
                ? "GET /api/orders/" + i * 7919 + " took " + i * 3 + "ms status=200"
                : "{\"user\":\"u-" + i * 31 + "\",\"level\":\"info\"}");
    List<TextTemplate> templates = column.templates();
    assertEquals(
        List.of("{\"user\":\"<_>\",\"level\":\"info\"}", "GET <_> took <_> status=200"),
        templates.stream().map(TextTemplate::pattern).toList());
    assertArrayEquals(IntStream.range(0, 50).map(i -> 2 * i).toArray(), templates.getLast().rows());
  }

  @Test
  void comparesFieldsOfJsonWhereTheyAreStored() throws Exception {
    TextColumn column =
        column(i ->
            "{\"http\":{\"status-code\":%d},\"tags\":[\"a%d\"],\"msg\":\"line %d\"}"
                .formatted(i % 2 == 0 ? 200 : 500, i, i % 10));
    RowSet all = RowSet.all(100);
    assertEquals(50, column.mayEqualJsonField("http_status_code", bytes("500"), all).count());
    assertEquals(10, column.mayEqualJsonField("msg", bytes("line 3"), all).count());
    assertEquals(0, column.mayEqualJsonField("msg", bytes("line"), all).count());
    assertEquals(0, column.mayEqualJsonField("tags", bytes("a1"), all).count());
    TextTest five = (bytes, offset, length) -> bytes[offset] == '5';
    assertEquals(50, column.mayPassJsonField("http_status_code", five, false, all).count());
    assertEquals(100, column.mayPassJsonField("other", five, true, all).count());
  }

  @Test
  void givesRowsWhoseFieldItCannotCompare() throws Exception {
    TextColumn column =
        column(i ->
            switch (i % 4) {
              case 0 -> "{\"a\":\"x\"}";
              case 1 -> "{\"a\":\"\\u0078\"}";
              case 2 -> "not json";
              default -> "{\"a\":\"y\",\"a\":\"z\"}";
            });
    RowSet found = column.mayEqualJsonField("a", bytes("x"), RowSet.all(100));
    assertEquals(75, found.count());
    assertEquals(50, column.mayEqualJsonField("a", bytes("q"), RowSet.all(100)).count());
  }

  @Test
  void looksIntoLongerValuesAloneForAnIdThatIsNoTokenOfTheColumn() throws Exception {
    TextColumn column =
        column(i -> "id=%08x of 77%08x77 and %d".formatted(i, i * 31, 10_000_000 + i));
    Needle inside = Needle.of(bytes("%08x".formatted(31 * 9)));
    for (boolean noSuchToken : new boolean[] {false, true}) {
      RowSet found = column.matches(inside, noSuchToken, RowSet.all(100));
      assertEquals(1, found.count());
      assertEquals(9, found.next(0));
    }
  }

  @Test
  void keysThatLookLikePunctuationAreStillKeys() throws Exception {
    TextColumn column = column(i -> "{\"m\":\"v" + i + "\",\":{\":\"w" + i % 5 + "\"}");
    RowSet all = RowSet.all(100);
    assertEquals(20, column.mayEqualJsonField("__", bytes("w3"), all).count());
    assertEquals(1, column.mayEqualJsonField("m", bytes("v3"), all).count());
  }

  @Test
  void givesTheTextsOfTheRowsThatAreWanted() throws Exception {
    TextColumn column = column(i -> "row " + i);
    RowSet wanted = RowSet.none(100);
    wanted.add(7);
    wanted.add(93);
    var arena = new io.ghostworks.model.column.ByteArena(16);
    long[] slices = new long[100];
    column.texts(wanted, arena, slices);
    assertEquals("row 7", arena.text(slices[7]));
    assertEquals("row 93", arena.text(slices[93]));
    assertEquals(11, arena.size());
  }

  private static TextColumn column(java.util.function.IntFunction<String> text)
      throws DamagedDataException {
    List<byte[]> texts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      texts.add(bytes(text.apply(i)));
    }
    return TextColumnTest.open(TextColumnTest.encode(texts));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
