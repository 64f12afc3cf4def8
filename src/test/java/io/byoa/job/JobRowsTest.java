package io.byoa.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.common.Sha256;
import io.byoa.engine.Outputs;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoredObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that earlier versions wrote. */
final class JobRowsTest {

  private final JobRows rows = new JobRows(new ObjectMapper());

  @Test
  void readsOutputsFromBeforeListsWereKeptApart() {
    Sha256 digest = Sha256.of("x");
    StoredObject archive = new StoredObject(new ObjectKey("jobs/1/model.tar.gz"), 7, digest);

    assertThat(
            rows.read(
                """
                {"model": {"object": {"key": {"value": "jobs/1/model.tar.gz"}, "size": 7,
                                      "sha256": {"hex": "%1$s"}},
                           "members": [{"path": "m", "size": 1, "sha256": {"hex": "%1$s"}}]},
                 "data": null, "packages": null}
                """
                    .formatted(digest.hex()),
                Outputs.class))
        .isEqualTo(
            new Outputs(
                new Outputs.Archive(archive, List.of(new Outputs.Member("m", 1, digest))),
                null,
                null));
  }

  @Test
  void keepsTheWordsInWhichRetentionFindsLists() {
    StoredObject list =
        new StoredObject(new ObjectKey("jobs/1/model.tar.gz.files.jsonl"), 7, Sha256.of("x"));

    assertThat(rows.write(new Outputs(new Outputs.Archive(list, List.of(), list), null, null)))
        .contains("\"list\":{\"key\":{\"value\":\"jobs/1/model.tar.gz.files.jsonl\"}");
  }
}
