package io.byoa.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a job was launched with can be sent again as it is told. */
final class InputViewTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static String written(JobRequest.Input input) throws Exception {
    return JSON.writeValueAsString(InputView.of(Map.of("train", input)));
  }

  @Test
  void aPlainInputIsItsAddress() throws Exception {
    assertThat(written(new JobRequest.Input("s3://bucket/a/", null, "File")))
        .isEqualTo("{\"train\":\"s3://bucket/a/\"}");
  }

  @Test
  void whatElseWasSaidIsToldToo() throws Exception {
    assertThat(written(new JobRequest.Input("s3://bucket/a/", "text/csv", "File")))
        .isEqualTo(
            "{\"train\":{\"uri\":\"s3://bucket/a/\",\"contentType\":\"text/csv\",\"inputMode\":\"File\"}}");
    assertThat(written(new JobRequest.Input("s3://bucket/a/", null, "Pipe")))
        .isEqualTo("{\"train\":{\"uri\":\"s3://bucket/a/\",\"inputMode\":\"Pipe\"}}");
  }
}
