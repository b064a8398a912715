package io.ghostworks.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "select * from artifact where id = 42 | select * from artifact where id = ?",
        "select 'it''s' from t1 | select ? from t1",
        "select 'a\\'b secret' from t | select ? from t",
        "update t set a=-1.5e3, b=x'00ff', c=E'x' | update t set a=-?, b=?, c=?",
        "select $$secret$$, $tag$also $$ secret$tag$, $1 | select ?, ?, $?",
        "select \"Column 1\", `x 2` from t /* secret */ -- secret | select \"Column 1\", `x 2` from"
            + " t",
        "insert   into   t values ('unterminated | insert into t values (?",
        "select .5, 0x1F, t1.c2 from t1 | select ?, ?, t1.c2 from t1",
      })
  void replacesEveryLiteral(String sql, String text) {
    assertThat(SqlText.of(sql).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "select a from Artifact a,SELECT,artifact",
    "INSERT INTO app_user(id) values (?),INSERT,app_user",
    "update tenant set a = ?,UPDATE,tenant",
    "delete from session where id = ?,DELETE,session",
    "create table if not exists plan (a int),CREATE,plan",
    "vacuum,OTHER,''"
  })
  void namesOperationAndTable(String sql, String operation, String table) {
    SqlText text = SqlText.of(sql);
    assertThat(text.operation()).isEqualTo(operation);
    assertThat(text.table()).isEqualTo(table);
  }

  @Test
  void survivesAnything() {
    long seed = Long.getLong("ghostworks.seed", 7L);
    Random random = new Random(seed);
    String alphabet = "'\"`$-/* \\ax1.0;()\n";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder sql = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        sql.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(SqlText.of(sql.toString()).text().length())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(2000);
    }
  }

  @Test
  void boundsWhatItKeeps() {
    assertThat(SqlText.of("select " + "a, ".repeat(100_000)).text()).hasSize(2000);
  }
}
