package io.ghostworks.model.semconv;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.AttributeColumns;
import org.junit.jupiter.api.Test;

class AttributeReaderTest {
  private final StringTable keys = new StringTable();
  private final AttributeColumns attributes = new AttributeColumns(keys, new ByteArena(64));

  @Test
  void oldAndStableNamesAreReadAlike() {
    attributes.add("http.method", "GET");
    attributes.add("http.status_code", 404L);
    attributes.add("net.peer.name", "old.example");
    attributes.endRow();
    attributes.add("http.request.method", "PUT");
    attributes.add("http.response.status_code", "503");
    attributes.add("server.address", "new.example");
    attributes.endRow();
    AttributeReader reader = new AttributeReader(keys);
    assertThat(reader.findText(attributes, 0, SpanAttribute.HTTP_METHOD)).isEqualTo("GET");
    assertThat(reader.number(attributes, 0, SpanAttribute.HTTP_STATUS_CODE, -1)).isEqualTo(404);
    assertThat(reader.peerName(attributes, 0)).contains("old.example");
    assertThat(reader.findText(attributes, 1, SpanAttribute.HTTP_METHOD)).isEqualTo("PUT");
    assertThat(reader.number(attributes, 1, SpanAttribute.HTTP_STATUS_CODE, -1)).isEqualTo(503);
    assertThat(reader.peerName(attributes, 1)).contains("new.example");
  }

  @Test
  void theStableNameCountsWhereBothAreThere() {
    attributes.add("db.system", "postgresql");
    attributes.add("db.system.name", "postgres");
    attributes.endRow();
    AttributeReader reader = new AttributeReader(keys);
    assertThat(reader.findText(attributes, 0, SpanAttribute.DB_SYSTEM)).isEqualTo("postgres");
  }

  @Test
  void whatIsNotThereIsNull() {
    attributes.add("other", true);
    attributes.endRow();
    AttributeReader reader = new AttributeReader(keys);
    assertThat(reader.isUsed(SpanAttribute.DB_QUERY)).isFalse();
    assertThat(reader.findText(attributes, 0, SpanAttribute.DB_QUERY)).isNull();
    assertThat(reader.number(attributes, 0, SpanAttribute.HTTP_STATUS_CODE, -1)).isEqualTo(-1);
    assertThat(reader.peerName(attributes, 0)).isEmpty();
  }

  @Test
  void aPeerIsNamedByServiceThenAddressThenDatabase() {
    attributes.add("db.name", "orders");
    attributes.endRow();
    attributes.add("db.name", "orders");
    attributes.add("net.sock.peer.addr", "10.0.0.1");
    attributes.add("net.sock.peer.port", 5432L);
    attributes.endRow();
    attributes.add("db.name", "orders");
    attributes.add("peer.service", "pg");
    attributes.endRow();
    AttributeReader reader = new AttributeReader(keys);
    assertThat(reader.peerName(attributes, 0)).contains("orders");
    assertThat(reader.peerName(attributes, 1)).contains("10.0.0.1:5432");
    assertThat(reader.peerName(attributes, 2)).contains("pg");
  }
}
