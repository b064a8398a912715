package io.ghostworks.instrumentation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.instrumentation.jdbc.ObservedDataSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** An application that only adds the starter. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"spring.application.name=shop", "spring.datasource.url=jdbc:h2:mem:starter"})
class StarterTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @LocalServerPort private int port;
  @Autowired private DataSource dataSource;

  @Test
  void observesRequestsByTheirRouteTemplate() throws IOException, InterruptedException {
    HttpResponse<String> response = get("/things/17", "X-Request-ID", "req-1");
    assertThat(response.body()).isEqualTo("thing 17 of 1");
    assertThat(response.headers().firstValue("X-Request-ID")).contains("req-1");
    assertThat(get("/things/broken", "Accept", "*/*").statusCode()).isEqualTo(500);
    assertThat(get("/nowhere", "Accept", "*/*").statusCode()).isEqualTo(404);

    HttpResponse<String> page =
        get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    assertThat(page.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text");
    assertThat(page.body())
        .contains(
            "http_requests_total{endpoint=\"/things/{id}\",method=\"GET\",status_code=\"200\"} 1.0")
        .contains(
            "http_requests_total{endpoint=\"/things/{id}\",method=\"GET\",status_code=\"500\"} 1.0")
        .contains(
            "http_requests_total{endpoint=\"_unmatched\",method=\"GET\",status_code=\"404\"} 1.0")
        .contains("http_errors_total{error_type=\"IllegalStateException\"} 1.0")
        .contains("database_query_duration_seconds_count{operation=\"SELECT\"}")
        .doesNotContain("endpoint=\"/metrics\"")
        .endsWith("# EOF\n");
  }

  @Test
  void theDataSourceIsObserved() {
    assertThat(dataSource).isInstanceOf(ObservedDataSource.class);
  }

  private HttpResponse<String> get(String path, String header, String value)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header(header, value)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @SpringBootApplication
  @Import(Things.class)
  static class Shop {}

  @RestController
  static class Things {
    private final JdbcClient database;

    Things(JdbcClient database) {
      this.database = database;
    }

    @GetMapping("/things/{id}")
    String thing(@PathVariable String id) {
      if (id.equals("broken")) {
        throw new IllegalStateException("broken");
      }
      return "thing " + id + " of " + database.sql("select 1").query(Integer.class).single();
    }
  }
}
