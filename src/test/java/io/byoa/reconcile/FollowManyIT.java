package io.byoa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.common.Failure;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchName;
import io.byoa.engine.LaunchNeeds;
import io.byoa.engine.LogSlice;
import io.byoa.engine.Observation;
import io.byoa.engine.TrainingEngine;
import io.byoa.engine.TrainingOrder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Ten thousand running jobs, followed by one replica (the local form of R4). */
@QuarkusTest
@TestProfile(SteppedByHand.class)
final class FollowManyIT extends Stepping {

  private static final Logger LOG = Logger.getLogger(FollowManyIT.class);
  private static final int MANY = 10_000;

  @Test
  void tenThousandJobsAreAllFreshAndNeedFewConnections() {
    String job = launch();
    replica("a").rounds(2);
    Quiet quiet = new Quiet(StandIns.fake().observe(name(job, 1)));
    sql(
        "INSERT INTO job SELECT (jsonb_populate_record(j,"
            + " jsonb_build_object('id', '01MANY' || lpad(n::text, 20, '0')))).*"
            + " FROM job j, generate_series(1, %d) n WHERE j.id = '%s'",
        MANY - 1, job);
    sql("UPDATE job SET owner = NULL, owner_epoch = NULL, due_at = now()");
    StandIns.fakeBecomes(quiet);

    // Another replica takes all of them over and looks at each once.
    Replica replica = replica("b");
    long began = System.nanoTime();
    while (quiet.looks.size() < MANY) {
      replica.round();
    }
    Duration pass = Duration.ofNanos(System.nanoTime() - began);
    assertThat(quiet.most.get()).as("looks at the same time").isBetween(2, 8);

    // A second pass: how long each was not looked at.
    sql("UPDATE job SET due_at = now()");
    quiet.gaps.clear();
    while (quiet.gaps.size() < MANY) {
      replica.round();
    }
    List<Long> gaps = new ArrayList<>(quiet.gaps);
    Collections.sort(gaps);
    Duration p95 = Duration.ofNanos(gaps.get(gaps.size() * 95 / 100));
    Duration planned = Duration.ofSeconds(MANY / Replica.config(Map.of()).looksPerSecond());
    LOG.infof(
        "%d jobs: first pass %d ms, p95 between two looks %d ms at full speed, %d ms planned",
        MANY, pass.toMillis(), p95.toMillis(), planned.toMillis());
    assertThat(planned.plus(p95)).isLessThan(Duration.ofSeconds(30));
    assertThat(claims.load(replica.lease()).jobs()).isEqualTo(MANY);
    assertThat(one("SELECT count(*) FROM job WHERE due_at > now() + interval '15 s'"))
        .as("the pace is what so many allow")
        .isNotEqualTo("0");

    // Nothing is due: a round costs a few statements, and asks for sleep.
    sql("UPDATE job SET due_at = now() + interval '1 h'");
    long before = System.nanoTime();
    assertThat(replica.round()).isEqualTo(Duration.ofSeconds(1));
    LOG.infof("a round with nothing to do: %d us", (System.nanoTime() - before) / 1000);
    sql("TRUNCATE job CASCADE");
  }

  /** An engine whose jobs go on and on, and which notes when it is asked. */
  private static final class Quiet implements TrainingEngine {

    final Map<LaunchName, Long> looks = new ConcurrentHashMap<>();
    final List<Long> gaps = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger now = new AtomicInteger();
    private final Observation always;

    Quiet(Observation always) {
      this.always = always;
    }

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public boolean boundToThisMachine() {
      return false;
    }

    @Override
    public Optional<Failure> refuses(LaunchNeeds needs) {
      return Optional.empty();
    }

    @Override
    public LaunchAnswer launch(TrainingOrder order) {
      throw new AssertionError("All run already");
    }

    @Override
    public Observation observe(LaunchName name) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      long time = System.nanoTime();
      Long last = looks.put(name, time);
      if (last != null) {
        gaps.add(time - last);
      }
      LockSupport.parkNanos(1); // so that others get a chance to be at it too
      now.decrementAndGet();
      return always;
    }

    @Override
    public void stop(LaunchName name) {}

    @Override
    public boolean interrupt(LaunchName name) {
      return false;
    }

    @Override
    public LogSlice readLog(LaunchName name, long offset, int limit) {
      return new LogSlice(offset, new byte[0], false);
    }

    @Override
    public void discard(LaunchName name, boolean last) {}
  }
}
