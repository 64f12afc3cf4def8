package io.byoa.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.byoa.access.Bearer;
import io.byoa.common.IdSource;
import io.byoa.common.Sha256;
import io.byoa.engine.FileList;
import io.byoa.engine.Outputs;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.job.watch.JobChanged;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import io.byoa.testing.Mapped;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The real chore on the real store and database; jobs are written with the age that they need. */
@QuarkusTest
final class JobRetentionIT {

  private static final Duration OLD = Duration.ofDays(91);

  @Inject WrittenJobs written;
  @Inject JobRetention retention;
  @Inject RetentionRepository rows;
  @Inject ObjectStore store;
  @Inject IdSource ids;
  @Inject InstantSource time;
  @Inject Event<JobChanged> changes;

  private Instant ago(Duration age) {
    return time.instant().minus(age);
  }

  private StoredObject stored(ObjectStore in, String key) throws IOException {
    return in.put(
        new ObjectKey(key), new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8)));
  }

  /** A job of this age with two archives of its own and a log. */
  private String job(Duration age, JobStatus status) throws IOException {
    return job(store, age, status);
  }

  private String job(ObjectStore in, Duration age, JobStatus status) throws IOException {
    String id = ids.next();
    stored(in, "jobs/" + id + "/0/output/model.tar.gz"); // of a launch that was given up
    StoredObject model = stored(in, "jobs/" + id + "/1/output/model.tar.gz");
    Outputs.Member member = new Outputs.Member("model.json", 2, Sha256.of("{}"));
    written.write(
        id, status, ago(age), new Outputs(new Outputs.Archive(model, List.of(member)), null, null));
    written.log(id, 3, "a line of " + id);
    return id;
  }

  private int files(String job) {
    try (var own = store.list("jobs/" + job + "/")) {
      return (int) own.count();
    }
  }

  private static JobConfig keepingFor(String time) {
    return Mapped.of(JobConfig.class, Map.of("byoa.job.retention", time));
  }

  private int chunks(String job) {
    return written.chunks(job);
  }

  @Test
  void deletesLogAndFilesAndKeepsWhatTheJobWas() throws Exception {
    String job = job(OLD, JobStatus.COMPLETED);
    String path = "/api/v1/jobs/" + job;
    String before = Bearer.admin().get(path).then().extract().header("ETag");

    assertThat(retention.runOnce()).isPositive();

    assertThat(files(job)).isZero();
    assertThat(chunks(job)).isZero();
    Bearer.admin()
        .get(path)
        .then()
        .statusCode(200)
        .header("ETag", not(before))
        .body("status", equalTo("Completed"))
        .body("metrics.accuracy.value", equalTo(0.5f))
        .body("expiredAt", notNullValue());
    Bearer.admin()
        .get(path + "/result")
        .then()
        .statusCode(200)
        .body("expiredAt", notNullValue())
        .body("model.sha256", notNullValue())
        .body("model.href", nullValue())
        .body("files", hasSize(1))
        .body("files[0].href", nullValue());
    Bearer.admin().get(path + "/metrics").then().statusCode(200);
    for (String gone :
        List.of("/files/model.tar.gz", "/files/model/model.json", "/files/no-such", "/logs")) {
      Bearer.admin()
          .get(path + gone)
          .then()
          .statusCode(410)
          .contentType("application/problem+json")
          .body("code", equalTo("expired"))
          .body("detail", containsString("launch it again"));
    }
    Bearer.admin().accept("text/event-stream").get(path + "/logs").then().statusCode(410);
    assertThat(retention.runOnce()).as("a second time").isZero();
  }

  @Test
  void keepsTheListOfManyFilesAlthoughItIsAnObjectOfTheStore() throws Exception {
    String id = ids.next();
    StoredObject model = stored(store, "jobs/" + id + "/1/output/model.tar.gz");
    String line =
        "{\"path\":\"model.json\",\"size\":2,\"sha256\":\"%s\"}\n".formatted(Sha256.of("{}"));
    StoredObject list =
        store.put(
            new ObjectKey(model.key() + FileList.SUFFIX),
            new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
    stored(store, "jobs/" + id + "/0/output/model.tar.gz" + FileList.SUFFIX); // given up
    written.write(
        id,
        JobStatus.COMPLETED,
        ago(OLD),
        new Outputs(new Outputs.Archive(model, List.of(), list), null, null));

    retention.runOnce();

    assertThat(files(id)).isEqualTo(1);
    assertThat(store.find(list.key())).contains(list);
    Bearer.admin()
        .get("/api/v1/jobs/" + id + "/result")
        .then()
        .statusCode(200)
        .body("model.href", nullValue())
        .body("files", hasSize(1))
        .body("files[0].path", equalTo("model/model.json"))
        .body("files[0].href", nullValue());
  }

  @Test
  void leavesWhatIsYoungOrHasNotEnded() throws Exception {
    String young = job(Duration.ofDays(89), JobStatus.FAILED);
    String running = job(Duration.ofDays(200), JobStatus.IN_PROGRESS);

    retention.runOnce();

    for (String job : List.of(young, running)) {
      assertThat(files(job)).isEqualTo(2);
      assertThat(chunks(job)).isEqualTo(3);
      Bearer.admin()
          .get("/api/v1/jobs/" + job)
          .then()
          .statusCode(200)
          .body("expiredAt", nullValue());
    }
    Bearer.admin().get("/api/v1/jobs/" + young + "/logs").then().statusCode(200);
  }

  @Test
  void leavesWhatAResultNamesOutsideTheJobsOwnFolder() throws Exception {
    Sha256 digest = Sha256.of(ids.next());
    StoredObject shared = stored(store, "code/" + digest + ".tar");
    String neighbour = job(Duration.ofDays(1), JobStatus.COMPLETED);
    StoredObject theirs = store.find(output(neighbour)).orElseThrow();
    String job =
        written.write(
            JobStatus.STOPPED,
            ago(OLD),
            new Outputs(
                new Outputs.Archive(shared, List.of()),
                new Outputs.Archive(theirs, List.of()),
                null));

    retention.runOnce();

    Bearer.admin().get("/api/v1/jobs/" + job).then().body("expiredAt", notNullValue());
    assertThat(store.find(shared.key())).contains(shared);
    assertThat(store.find(theirs.key())).contains(theirs);
  }

  private static ObjectKey output(String job) {
    return new ObjectKey("jobs/" + job + "/1/output/model.tar.gz");
  }

  @Test
  void worksInBatchesUntilNothingIsLeft() throws Exception {
    for (int i = 0; i < 230; i++) {
      String job = written.write(JobStatus.COMPLETED, ago(OLD), null);
      written.log(job, 1, "line");
    }
    assertThat(retention.runOnce()).isGreaterThanOrEqualTo(230);
    assertThat(retention.runOnce()).isZero();
  }

  @Test
  void keepsForEverWhenSwitchedOffButEndsWhatItBegan() throws Exception {
    String begun = job(OLD, JobStatus.COMPLETED);
    dyingAfter(0, begun);
    String old = job(OLD, JobStatus.COMPLETED);

    new JobRetention(rows, store, keepingFor("off"), changes).runOnce();

    assertThat(files(old)).isEqualTo(2);
    assertThat(files(begun)).isZero();
    assertThat(chunks(begun)).isZero();
    retention.runOnce();
    assertThat(files(old)).isZero();
  }

  @Test
  void aJobThatResistsHoldsUpNoOther() throws Exception {
    String before = job(OLD, JobStatus.COMPLETED);
    String resisting = job(OLD, JobStatus.COMPLETED);
    String after = job(OLD, JobStatus.COMPLETED);

    dyingAfter(0, resisting);

    assertThat(List.of(files(before), files(resisting), files(after))).containsExactly(0, 2, 0);
    assertThat(List.of(chunks(before), chunks(resisting), chunks(after))).containsExactly(0, 3, 0);
    assertThat(retention.runOnce()).isPositive();
    assertThat(files(resisting)).isZero();
  }

  @Test
  void goesOnWhereItDied() throws Exception {
    for (int deletions = 0; deletions <= 2; deletions++) {
      String job = job(OLD, JobStatus.COMPLETED);

      dyingAfter(deletions, job);

      // Nobody is handed half of it meanwhile.
      assertThat(files(job)).isEqualTo(2 - Math.min(2, deletions));
      assertThat(chunks(job)).isEqualTo(3);
      Bearer.admin().get("/api/v1/jobs/" + job + "/logs").then().statusCode(410);
      Bearer.admin().get("/api/v1/jobs/" + job + "/files/model.tar.gz").then().statusCode(410);

      retention.runOnce();
      assertThat(files(job)).isZero();
      assertThat(chunks(job)).isZero();
    }
  }

  /** A turn that ends in the store after so many of this job's deletions. */
  private void dyingAfter(int deletions, String job) {
    AtomicInteger left = new AtomicInteger(deletions);
    ObjectStore failing =
        (ObjectStore)
            Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  boolean ours =
                      method.getName().equals("delete")
                          && String.valueOf(arguments[0]).contains(job);
                  if (ours && left.getAndDecrement() == 0) {
                    throw new IllegalStateException("died in the store");
                  }
                  Object answer = method.invoke(store, arguments);
                  if (ours && left.get() == 0 && deletions == 2) {
                    throw new IllegalStateException("died in the store");
                  }
                  return answer;
                });
    JobRetention dying = new JobRetention(rows, failing, keepingFor("90d"), changes);
    assertThatThrownBy(dying::runOnce).hasMessage("died in the store");
  }
}
